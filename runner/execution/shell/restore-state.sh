# Brings what a shell that died had after its last whole block into its successor. Sourced at top level, with the path of
# the state in __mtx_from: PATH holds commands, PATH.variables what `declare -p` printed.
#
# The variables are read in a subshell first, so that the session's can be left out by name. Bash's own (and the marker) are
# not even read: setting one of them can end the reading. What was exported here and not there has been unset.
__mtx_own='_|BASH(OPTS|PID|_[A-Z0-9_]*)?|DIRSTACK|EPOCH(SECONDS|REALTIME)|EUID|FUNCNAME|GROUPS|HISTCMD|LINENO|MTX_DOC_CHAIN|PIPESTATUS|POSIXLY_CORRECT|PPID|PWD|S?RANDOM|SECONDS|SHELLOPTS|SHLVL|UID'
(
  builtin trap - ERR
  builtin set +e
  while IFS= builtin read -r __mtx_name; do
    if [[ $__mtx_name =~ ^($__mtx_own)$ ]]; then continue; fi
    builtin unset -v "$__mtx_name"
    builtin printf 'builtin unset -v %s\n' "$__mtx_name"
  done < <(builtin compgen -e)
  builtin eval "$(command -p grep -avE "^declare -[^ ]+ ($__mtx_own)(=|$)" "$__mtx_from.variables")"
  while IFS= builtin read -r __mtx_name; do
    if [[ $__mtx_name == __mtx_* || $__mtx_name =~ ^($__mtx_own)$ ]]; then continue; fi
    builtin declare -p "$__mtx_name"
  done < <(builtin compgen -v)
) >|"$__mtx_from.clean" 2>/dev/null
builtin source "$__mtx_from.clean"
builtin source "$__mtx_from"
unset __mtx_from __mtx_own
