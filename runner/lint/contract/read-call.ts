/**
 * Reads a command line the way spf13/cobra does: first the words that name the command, leaving flags aside, then the flags
 * of that command anywhere among its arguments. Where a word is unknown it gives up or stays silent.
 */
import { suggest } from '../../text/suggest.ts';
import type { ShellCommand, ShellWord } from '../shell/shell.ts';
import type { Call, Fault, GivenFlag } from './call.ts';
import type { CommandSpec, FlagSpec, Program } from './contract.ts';

type Flags = Readonly<Record<string, FlagSpec>>;

/** Undefined where it cannot be known which command it is. */
export function readCall(program: Program, command: ShellCommand): Call | undefined {
  const found = findCommand(program, command.words.slice(1));
  if (found === undefined) return undefined;
  const { path, spec, rest, unknown } = found;
  const read = readFlags({ ...program.globals(path), ...spec.flags }, rest);
  const help = read.flags.some(({ name }) => name === 'help');
  const isPlugin = program.name === 'kubectl' && path === '' && unknown !== undefined;
  if (isPlugin && !isCertain(program, path, spec, unknown)) return undefined;
  if (help || unknown === undefined || !isCertain(program, path, spec, unknown)) {
    return { command, path, spec, help, ...read };
  }
  const fault: Fault = { kind: 'command', word: unknown, name: unknown.shape, group: path };
  return { command, path, spec, help, ...read, faults: [fault] };
}

/** A word that `kubectl` does not know may be the name of a plugin, unless it looks like a mistyped command. */
function isCertain(program: Program, path: string, spec: CommandSpec, { shape }: ShellWord): boolean {
  if (program.name === 'cub' || path !== '') return spec.group;
  return !PLUGINS.has(shape) && (NO_COMMANDS.has(shape) || suggest(shape, spec.commands) !== undefined);
}

/** Words that people try, and that no well-known plugin is called by. */
const NO_COMMANDS = new Set(
  'list show remove rm update start stop restart status deploy log shell ps view'.split(' '),
);

const PLUGINS = new Set(
  'access-matrix argo cert-manager cilium cnpg ctx df-pv debug-shell doctor example fuzzy gadget get-all graph grep history hns ice images ingress-nginx iexec ipick istioctl karmada kc konfig krew ktop kubesec-scan kyverno linkerd lineage mc minio neat node-shell np-viewer ns oidc-login open-svc outdated pod-lens popeye preflight prompt psql rabbitmq rbac-lookup rbac-tool recorder resource-capacity rolesum score sick-pods slice sniff sort-manifests spy ssh starboard stern sudo support-bundle tail tap tree unused-volumes velero view-allocations view-cert view-secret view-serviceaccount-kubeconfig view-utilization vela warp watch who-can whoami'.split(
    ' ',
  ),
);

interface Found {
  readonly path: string;
  readonly spec: CommandSpec;
  readonly rest: readonly ShellWord[];
  /** A word where a command was expected. */
  readonly unknown?: ShellWord;
}

function findCommand(program: Program, words: readonly ShellWord[]): Found | undefined {
  let path = '';
  let rest = words;
  for (;;) {
    const spec = program.commands.get(path);
    if (spec === undefined) return undefined;
    if (spec.commands.length === 0) return { path, spec, rest };
    const at = firstArgument({ ...program.globals(path), ...spec.flags }, rest);
    const word = at === undefined ? undefined : rest[at];
    if (at === undefined || word === undefined) return { path, spec, rest };
    if (word.value === undefined) return undefined;
    const next = path === '' ? word.value : `${path} ${word.value}`;
    if (!spec.commands.includes(next)) return { path, spec, rest, unknown: word };
    path = next;
    rest = rest.toSpliced(at, 1);
  }
}

/** Where the first word stands that is neither a flag nor the value of one. */
function firstArgument(flags: Flags, words: readonly ShellWord[]): number | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const shape = words[at]?.shape ?? '';
    if (shape === '--') return undefined;
    if (!shape.startsWith('-') || shape === '-') return at;
    if (!shape.includes('=') && takesNext(flags, shape)) at += 1;
  }
  return undefined;
}

function takesNext(flags: Flags, shape: string): boolean {
  if (shape.startsWith('--')) return needsValue(flags[shape.slice(2)] ?? ['string']);
  const short = shape.length === 2 ? findShort(flags, shape.slice(1)) : undefined;
  return shape.length === 2 && needsValue(short?.[1] ?? ['string']);
}

function needsValue([kind]: FlagSpec): boolean {
  return kind !== 'bool' && kind !== 'count' && kind !== 'optional';
}

function findShort(flags: Flags, letter: string): readonly [string, FlagSpec] | undefined {
  return Object.entries(flags).find(([, [, short]]) => short === letter);
}

interface Read {
  readonly flags: GivenFlag[];
  readonly args: ShellWord[];
  readonly faults: Fault[];
  open: boolean;
}

function readFlags(flags: Flags, words: readonly ShellWord[]): Read {
  const read: Read = { flags: [], args: [], faults: [], open: false };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const next = words[at + 1];
    const { shape } = word;
    if (shape === '--') {
      for (const rest of words.slice(at + 1)) addArgument(rest, read);
      break;
    }
    if (shape.startsWith('--')) at += readLong(flags, word, next, read);
    else if (shape.startsWith('-') && shape !== '-') at += readShort(flags, word, next, read);
    else addArgument(word, read);
  }
  return read;
}

function addArgument(word: ShellWord, read: Read): void {
  // `...` and `[options]` stand for what a page leaves out.
  if (word.many || /^(?:\.\.\.|…)$/.test(word.shape) || (word.glob && word.shape.startsWith('[')))
    read.open = true;
  else read.args.push(word);
}

/** How many of the words after it belong to it: 0 or 1. */
function readLong(flags: Flags, word: ShellWord, next: ShellWord | undefined, read: Read): number {
  const equals = word.shape.indexOf('=');
  const name = word.shape.slice(2, equals === -1 ? undefined : equals);
  if (name.includes('\0')) {
    read.open = true;
    return 0;
  }
  const spec = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (spec === undefined) return skipUnknown(`--${name}`, word, equals === -1 ? next : undefined, read);
  if (equals !== -1) addFlag(name, spec, word, word.shape.slice(equals + 1), word, read);
  else if (!needsValue(spec)) addFlag(name, spec, word, 'true', word, read);
  else return takeNext(name, spec, word, next, read);
  return 0;
}

/** What is not known to take a value may have one, so what else is on the line is not sure either. */
function skipUnknown(name: string, word: ShellWord, next: ShellWord | undefined, read: Read): number {
  read.faults.push({ kind: 'flag', word, name });
  read.open = true;
  return next !== undefined && !next.shape.startsWith('-') ? 1 : 0;
}

function takeNext(
  name: string,
  spec: FlagSpec,
  word: ShellWord,
  next: ShellWord | undefined,
  read: Read,
): number {
  if (next === undefined) {
    if (!read.open) read.faults.push({ kind: 'no-value', word, name: `--${name}` });
    return 0;
  }
  addFlag(name, spec, word, next.shape, next, read);
  return 1;
}

/** `-abc`, `-n value`, `-nvalue`, `-n=value`. */
function readShort(flags: Flags, word: ShellWord, next: ShellWord | undefined, read: Read): number {
  for (let at = 1; at < word.shape.length; at += 1) {
    const letter = word.shape.charAt(at);
    if (letter === '\0') {
      read.open = true;
      return 0;
    }
    const [name, spec] = findShort(flags, letter) ?? [];
    if (name === undefined || spec === undefined) {
      return skipUnknown(`-${letter}`, word, word.shape.length === 2 ? next : undefined, read);
    }
    const tail = word.shape.slice(at + 1);
    if (tail.startsWith('=')) {
      addFlag(name, spec, word, tail.slice(1), word, read);
      return 0;
    }
    if (needsValue(spec) && tail === '') return takeNext(name, spec, word, next, read);
    if (needsValue(spec)) {
      addFlag(name, spec, word, tail, word, read);
      return 0;
    }
    addFlag(name, spec, word, 'true', word, read);
  }
  return 0;
}

const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
const INTEGER = /^[+-]?(?:0x[\da-f]+|\d+)$/i;

function addFlag(
  name: string,
  spec: FlagSpec,
  word: ShellWord,
  shape: string,
  valueWord: ShellWord,
  read: Read,
): void {
  const value = shape.includes('\0') || valueWord.many ? undefined : shape;
  const flag = { name, spec, word, shape, value, valueWord };
  read.flags.push(flag);
  const pattern = spec[0] === 'bool' ? BOOLEAN : spec[0] === 'int' ? INTEGER : undefined;
  if (value !== undefined && pattern?.test(value) === false) read.faults.push({ kind: 'bad-value', flag });
}
