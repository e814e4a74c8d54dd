/**
 * What a chapter's shell knows, as text: variables, functions, aliases, options and the folder, so that another shell can go
 * on from there. Open descriptors, traps and jobs are not part of it.
 */

/** bash keeps these itself, or they belong to the one session. */
const OWN =
  /^(?:BASH\w*|EPOCH\w*|COMP_\w+|S?RANDOM|SECONDS|LINENO|PPID|UID|EUID|_|PIPESTATUS|FUNCNAME|GROUPS|DIRSTACK|OPTIND|OLDPWD|PWD|SHLVL|SHELLOPTS|MTX_DOC_CHAIN|__mtx\w*|trap)$/;

/** A script that writes the state of the shell that runs it. */
export function saveScript(file: string): string {
  return `{
  builtin compgen -v | while IFS= builtin read -r __mtx_name; do
    builtin declare -p "$__mtx_name" 2>/dev/null || builtin :
    builtin printf '\\0'
  done
  builtin compgen -A function | while IFS= builtin read -r __mtx_name; do
    builtin declare -f "$__mtx_name"
    builtin printf '\\0'
  done
  builtin alias -p
  builtin shopt -p
  builtin set +o
  builtin printf 'cd -- %q\\n' "$PWD"
} >|"${file}"
`;
}

/** A script that brings the saved state into a fresh shell whose own state is `base`. */
export function restoreScript(saved: string, base: string): string {
  const known = new Set(base.split('\0'));
  const entries = saved.split('\0');
  const rest = entries.pop() ?? '';
  const changed = entries.filter((entry) => entry !== '' && !known.has(entry) && !OWN.test(nameOf(entry)));
  return [...changed, rest].join('\n');
}

function nameOf(entry: string): string {
  return /^(?:declare -\S+ )?([^\s=(]+)/.exec(entry.trimStart())?.[1] ?? '';
}
