/** shell:* about what works only here and now: paths of one machine, questions, secrets in files, syntax. */
import type { Family, Finding, Page, Rule } from '../lint.ts';
import type { ShellCommand } from '../shell/shell.ts';

const RULES: readonly Rule[] = [
  {
    code: 'shell:home-path',
    title: 'A path of one person’s machine',
    severity: 'error',
    explanation:
      'A path below /home/NAME or /Users/NAME exists on one machine only, so nobody else can run the command.',
    bad: 'kubectl apply -f /home/alice/web.yaml',
    good: 'kubectl apply -f web.yaml',
  },
  {
    code: 'shell:prompt',
    title: 'A command that waits for a person',
    severity: 'warning',
    explanation:
      'An editor or a question waits for somebody to type. Run by a script or by CI, it hangs or fails.',
    bad: 'read -p "Continue? " answer',
    good: 'echo "going on"',
  },
  {
    code: 'shell:secret-file',
    title: 'A secret in a file',
    severity: 'error',
    explanation:
      'A file with a fixed name stays behind, others can read it, and it is soon part of a commit or a backup.',
    bad: 'cub worker get-secret worker --space demo > /tmp/secret',
    good: 'SECRET="$(cub worker get-secret worker --space demo)"',
  },
  {
    code: 'shell:syntax',
    title: 'Bash does not understand this',
    severity: 'error',
    explanation: 'Bash stops at a syntax error before it runs anything of the block.',
    bad: 'if true; then echo yes',
    good: 'if true; then echo yes; fi',
  },
];

export const SHELL_HABITS_FAMILY: Family = {
  rules: RULES,
  *check(page) {
    for (const command of page.commands) {
      yield* checkHome(page, command);
      yield* checkPrompt(page, command);
      yield* checkSecret(page, command);
    }
    yield* checkSyntax(page);
  },
};

const HOME = /(?<![\w.$}])\/(?:home|Users)\/[A-Za-z0-9._-]+(?=\/|$)/;

function* checkHome(page: Page, { name, words, via }: ShellCommand): Iterable<Finding> {
  if (via !== undefined) return;
  const end = /^(?:kubectl|docker|ssh)$/.test(name ?? '')
    ? words.findIndex(({ shape }) => shape === '--')
    : -1;
  for (const word of end === -1 ? words : words.slice(0, end)) {
    const found = HOME.exec(word.text)?.[0];
    if (found === undefined || /^(?:docker|ssh|adduser|useradd)$/.test(name ?? '')) continue;
    const at = page.source.indexOf(found, word.start);
    yield {
      code: 'shell:home-path',
      start: at === -1 ? word.start : at,
      end: at === -1 ? word.end : at + found.length,
      message: `\`${found}\` is the home folder of one person, so nobody else can run this.`,
      hint: 'Write `$HOME`, `~` or a path relative to the current folder.',
    };
  }
}

const EDITORS = new Set(['vi', 'vim', 'nvim', 'nano', 'emacs', 'code', 'less', 'more', 'top', 'htop', 'k9s']);

function* checkPrompt(page: Page, command: ShellCommand): Iterable<Finding> {
  const { name = '', words, start } = command;
  const block = page.scripts[command.script]?.block;
  if (block?.kind === 'skip' || page.kind === 'markdown') return;
  const [, first, second] = words.map(({ shape }) => shape);
  const logsIn = page.kind === 'chapter' && name === 'cub' && first === 'auth' && second === 'login';
  const edits =
    (logsIn && !words.some(({ shape }) => shape === '--as-worker')) ||
    (name === 'kubectl' && first === 'edit') ||
    (name === 'cub' && first === 'unit' && second === 'edit');
  const asks = name === 'read' && readsTerminal(command);
  if (!edits && !asks && !(EDITORS.has(name) && !isFed(command)) && !opensShell(command)) return;
  yield {
    code: 'shell:prompt',
    start,
    end: words[edits ? (name === 'cub' ? 2 : 1) : 0]?.end ?? command.end,
    message: `\`${words
      .slice(0, edits ? 3 : 1)
      .map(({ text }) => text)
      .join(' ')}\` waits for a person, so it hangs or fails where nobody sits.`,
    hint: edits
      ? 'Change it by a command: a function, a patch, or a new file.'
      : 'Take the answer from a variable or an argument.',
  };
}

function isFed({ redirects, parents }: ShellCommand): boolean {
  const hasInput = redirects.some((item) => item.type !== 'Redirect' || item.operator.startsWith('<'));
  return hasInput || parents.some(({ type }) => type === 'Pipeline');
}

/** In a loop or a function the input may come from around it. */
function readsTerminal(command: ShellCommand): boolean {
  if (isFed(command) || command.words.some(({ shape }) => /^-[a-z]*u/.test(shape))) return false;
  return !command.parents.some(
    ({ type }) => type === 'While' || type === 'Function' || type === 'Redirected' || type === 'For',
  );
}

/** `kubectl exec -it web -- bash` without anything for that shell to run. */
function opensShell(command: ShellCommand): boolean {
  const { name, words } = command;
  const at = words.findIndex(({ shape }) => shape === '--');
  if (name !== 'kubectl' || at === -1 || !/^(?:exec|run)$/.test(words[1]?.shape ?? '')) return false;
  const hasTerminal = words.slice(0, at).some(({ shape }) => /^-(?:it|ti|t)$|^--tty$/.test(shape));
  const [program, ...rest] = words.slice(at + 1);
  return (
    hasTerminal &&
    rest.length === 0 &&
    /^(?:\/bin\/)?(?:ba|a)?sh$/.test(program?.shape ?? '') &&
    !isFed(command)
  );
}

function* checkSecret(page: Page, command: ShellCommand): Iterable<Finding> {
  if (!printsSecret(command)) return;
  const script = page.scripts[command.script];
  const own = command.redirects.find(
    (item) =>
      item.type === 'Redirect' &&
      /^(?:>>?|&>|>\|)$/.test(item.operator) &&
      (item.descriptor?.type !== 'FileDescriptor' || item.descriptor.value === 1),
  );
  const target = own?.type === 'Redirect' ? own.target : undefined;
  if (script !== undefined && target !== undefined && isFixed(target.text)) {
    yield secretIn(target.text, script.at(target.pos), script.at(target.end));
    return;
  }
  const pipe = command.parents.findLast(({ type }) => type === 'Pipeline');
  if (pipe === undefined || script === undefined) return;
  for (const other of page.commands) {
    const [, file] = other.words.filter(({ shape }) => !shape.startsWith('-'));
    const isInPipe =
      other.script === command.script && other.start > command.start && other.start < script.at(pipe.end);
    if (other.name === 'tee' && isInPipe && file !== undefined && isFixed(file.text))
      yield secretIn(file.text, file.start, file.end);
  }
}

/** A literal name that stays: not what `mktemp` gave, not a device. */
function isFixed(text: string): boolean {
  return !/^["']?(?:\/dev\/|\$|<\(|>\()/.test(text);
}

function secretIn(name: string, start: number, end: number): Finding {
  return {
    code: 'shell:secret-file',
    start,
    end,
    message: `A secret is written to \`${name}\`, where it stays behind for others to read.`,
    hint: 'Keep it in a variable or hand it on by a pipe; where a file must be, take the name from `mktemp` and delete it.',
  };
}

function printsSecret({ name, words }: ShellCommand): boolean {
  const shapes = words.map(({ shape }) => shape);
  const [, first = '', second = ''] = shapes;
  if (name === 'cub') {
    const isSecret = /^(?:worker get-secret|worker get-envs|auth get-token)$/.test(`${first} ${second}`);
    return isSecret || shapes.some((shape) => /^--(?:include-secret|export-secret-only)$/.test(shape));
  }
  const isGet = name === 'kubectl' && first === 'get' && /^secrets?(?:\/|$)/.test(second);
  const prints = shapes.some((shape) =>
    /^(?:-o|--output)(?:$|=?(?:json|yaml|go-template|jsonpath))/.test(shape),
  );
  return (isGet && prints) || (name === 'kubectl' && first === 'create' && second === 'token');
}

function* checkSyntax(page: Page): Iterable<Finding> {
  if (page.kind === 'markdown') return;
  for (const { block, errors, at, text } of page.scripts) {
    const [error] = errors;
    if (error === undefined || block.language === 'zsh') continue;
    const pos = Math.min(error.pos, Math.max(0, text.trimEnd().length - 1));
    yield {
      code: 'shell:syntax',
      start: at(pos),
      end: at(pos) + 1,
      message: `Bash does not understand this block, so it runs none of it: ${error.message}.`,
      hint: 'Look for a quote, a bracket or a keyword that is not closed.',
    };
  }
}
