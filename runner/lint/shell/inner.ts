/** Commands that run other commands: their words (`timeout 5 cub …`, `xargs cub …`) or a text (`bash -c`, a heredoc). */
import type { Command, SyntaxNode, Word } from 'unbash';
import { UNKNOWN } from './read-word.ts';
import type { ShellCommand, ShellWord } from './shell.ts';

/** Shell text inside shell text; `offset` is where it starts in the outer text. */
export interface InnerText {
  readonly text: string;
  readonly offset: number;
  /** Each offset inside is the outer one plus `offset`. */
  readonly exact: boolean;
}

interface Wrapper {
  /** Options that take the next word. */
  readonly valued: RegExp;
  /** Words between the options and the command. */
  readonly skipped: number;
}

const NOTHING = /^$/;

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  builtin: { valued: NOTHING, skipped: 0 },
  command: { valued: NOTHING, skipped: 0 },
  env: { valued: /^-[uCS]$|^--(?:unset|chdir)$/, skipped: 0 },
  exec: { valued: /^-a$/, skipped: 0 },
  nice: { valued: /^-n$|^--adjustment$/, skipped: 0 },
  nohup: { valued: NOTHING, skipped: 0 },
  setsid: { valued: NOTHING, skipped: 0 },
  stdbuf: { valued: /^-[ioe]$/, skipped: 0 },
  sudo: { valued: /^-[ugCDhpRrTtU]$/, skipped: 0 },
  time: { valued: /^-[fo]$/, skipped: 0 },
  timeout: { valued: /^-[sk]$|^--(?:signal|kill-after)$/, skipped: 1 },
  watch: { valued: /^-n$|^--interval$/, skipped: 0 },
  xargs: {
    valued: /^-[EIadLnPs]$|^--(?:max-args|max-procs|replace|delimiter|arg-file|max-lines)$/,
    skipped: 0,
  },
};

/** The words of the command that this one runs, if it is a wrapper. */
export function innerCommand(command: ShellCommand): readonly ShellWord[] | undefined {
  const { name = '', words } = command;
  if (name === 'find') return findExec(words);
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (wrapper === undefined) return undefined;
  let at = 1;
  let replaced: string | undefined;
  for (let word = words[1]; word !== undefined; word = words[at]) {
    const { shape } = word;
    if (name === 'xargs') replaced = replacedBy(shape, words[at + 1]?.value) ?? replaced;
    if (!shape.startsWith('-') && !(name === 'env' && /^[A-Za-z_]\w*=/.test(shape))) break;
    at += wrapper.valued.test(shape) ? 2 : 1;
  }
  const rest = words.slice(at + wrapper.skipped);
  if (rest[0] === undefined || rest[0].value === undefined) return undefined;
  return name === 'xargs' ? fillIn(rest, replaced) : rest;
}

function replacedBy(option: string, next: string | undefined): string | undefined {
  if (option === '-I' || option === '--replace') return next;
  if (option.startsWith('-I')) return option.slice(2);
  if (option === '-i') return '{}';
  return option.startsWith('--replace=') ? option.slice('--replace='.length) : undefined;
}

/** xargs adds words at the end, or puts each in the place that `-I` names. */
function fillIn(words: readonly ShellWord[], replaced: string | undefined): readonly ShellWord[] {
  if (replaced !== undefined && replaced !== '') return words.map((word) => replaceIn(word, replaced));
  const last = words.at(-1);
  if (last === undefined) return words;
  return [...words, { ...last, text: '', shape: UNKNOWN, value: undefined, many: true, glob: false }];
}

function replaceIn(word: ShellWord, replaced: string): ShellWord {
  if (!word.shape.includes(replaced)) return word;
  return { ...word, shape: word.shape.replaceAll(replaced, UNKNOWN), value: undefined };
}

function findExec(words: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const start = words.findIndex(({ value }) => /^-(?:exec|execdir|ok)$/.test(value ?? ''));
  if (start === -1) return undefined;
  const length = words.slice(start + 1).findIndex(({ value }) => value === ';' || value === '+');
  const rest = words.slice(start + 1, length === -1 ? undefined : start + 1 + length);
  return rest[0]?.value === undefined ? undefined : fillIn(rest, '{}');
}

const SHELL = /^(?:ba|da|z|k)?sh$/;

/** `cat <<EOF | bash`: the command after it in the pipe is a shell that reads it. */
function feedsShell(node: Command, parents: readonly SyntaxNode[]): boolean {
  const pipe = parents.at(-1);
  if (pipe?.type !== 'Pipeline') return false;
  const next = pipe.commands[pipe.commands.indexOf(node) + 1];
  return next?.type === 'Command' && SHELL.test(next.name?.value ?? '') && next.suffix.length === 0;
}

/** The shell text that a command runs: of `bash -c`, `eval`, `trap`, or a heredoc that a shell reads. */
export function innerText(command: ShellCommand, node: Command): InnerText | undefined {
  const { name = '', parents, words } = command;
  if (name === 'cat' && words.length === 1 && feedsShell(node, parents)) return heredocOf(node);
  if (name === 'eval' || name === 'trap')
    return words[1]?.value === undefined ? undefined : textOf(words[1], node);
  if (!SHELL.test(name)) return undefined;
  const option = words.findIndex(({ value }) => /^-[a-z]*c$/.test(value ?? ''));
  const script = option === -1 ? undefined : words[option + 1];
  if (script !== undefined) return textOf(script, node);
  if (words.slice(1).some(({ value = '-' }) => !value.startsWith('-'))) return undefined;
  return heredocOf(node);
}

function heredocOf(node: Command): InnerText | undefined {
  const heredoc = node.suffix.find((item) => item.type === 'HereDoc');
  if (heredoc === undefined) return undefined;
  const { text, pos, end } = heredoc.body;
  // `<<-` takes tabs away.
  return { text, offset: pos, exact: text.length === end - pos };
}

function textOf(shown: ShellWord, node: Command): InnerText | undefined {
  const word = node.suffix.find((item): item is Word => item.type === 'Word' && item.text === shown.text);
  const [part, ...others] = word?.parts ?? [];
  if (word === undefined) return undefined;
  if (part !== undefined && others.length === 0 && part.type === 'SingleQuoted') {
    return { text: part.value, offset: part.pos + 1, exact: true };
  }
  if (
    part !== undefined &&
    others.length === 0 &&
    part.type === 'DoubleQuoted' &&
    !part.text.includes('\\')
  ) {
    return { text: part.text.slice(1, -1), offset: part.pos + 1, exact: true };
  }
  return shown.value === undefined ? undefined : { text: shown.value, offset: word.pos, exact: false };
}
