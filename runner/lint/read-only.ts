/**
 * Which commands may be run again and again without changing anything. A list of what is known, not of what is
 * forbidden: an unknown command may do anything.
 */
import type { SyntaxNode } from 'unbash';
import { findCounting } from './counting.ts';
import { parseScript, readScript, type Collected } from './shell/read-script.ts';
import type { ShellCommand } from './shell/shell.ts';

type Words = readonly (string | undefined)[];

/** Commands that only read, whatever their arguments. */
const READERS = new Set(
  (
    '[ : base64 basename cat cmp column comm cut date df diff dirname du echo egrep false fgrep file fold grep head ' +
    'hostname id jq ls md5sum nl paste pgrep printf ps pwd read readlink realpath rev return rg seq sha1sum sha256sum ' +
    'sha512sum sleep stat strings tac tail test tr tree true type uname uniq wc which whoami xxd local export break ' +
    'continue exit set readonly'
  ).split(' '),
);

/** Commands that run the rest of their words. The number of words to leave out after the name and its options. */
const WRAPPERS: Readonly<Record<string, number>> = {
  command: 0,
  env: 0,
  nice: 0,
  time: 0,
  timeout: 1,
  xargs: 0,
  builtin: 0,
};

/** Options of wrappers that take the next word. */
const WRAPPER_VALUES = /^-(?:[InPLsdk]|-(?:max-args|max-procs|replace|signal|kill-after))$/;

const KUBECTL_VERBS = new Set(
  'get describe wait logs events api-resources api-versions version cluster-info top explain diff options'.split(
    ' ',
  ),
);
const KUBECTL_PAIRS = new Set([
  'rollout status',
  'rollout history',
  'auth can-i',
  'auth whoami',
  'config view',
  'config current-context',
  'config get-contexts',
  'config get-clusters',
  'config get-users',
]);
const KUBECTL_VALUES = new Set(
  '-n --namespace --context --cluster --user --kubeconfig -s --server --as --as-group --request-timeout --cache-dir -v'.split(
    ' ',
  ),
);
const CUB_VALUES = new Set(['--space']);
const CUB_VERBS = new Set('list get diff explain list-status list-function get-envs'.split(' '));
const HELM_VERBS = new Set('list ls status get history template version show search env'.split(' '));

/** Commands that read only with some arguments. */
const CONDITIONS: Readonly<Record<string, (args: Words) => boolean>> = {
  kubectl: isKubectlRead,
  cub: isCubRead,
  helm: (args) => HELM_VERBS.has(plain(args)?.[0] ?? ''),
  sed: isSedRead,
  sort: (args) => !args.some((arg) => arg !== undefined && /^-[a-zA-Z]*o|^--output/.test(arg)),
  awk: (args) => !args.some((arg) => arg !== undefined && /system|getline|[>|]/.test(arg)),
  yq: (args) => !args.some((arg) => arg === undefined || /^-[a-zA-Z]*i|^--inplace/.test(arg)),
  find: (args) => !args.some((arg) => arg === undefined || /^-(?:exec|ok|delete|fprint|fls)/.test(arg)),
  curl: isCurlRead,
};

/** The first command of a bash text that is not known to be harmless, as written; undefined if all are. */
export function findUnsafeCommand(source: string): string | undefined {
  const all: Collected = { commands: [], functions: new Set(), values: new Map(), writes: new Map() };
  const { errors } = readScript(source, parseScript(source), (offset) => offset, 0, all);
  if (errors.length > 0) return source.trim().split('\n', 1)[0];
  const unsafe = all.commands.find((command) => !isHarmless(command, all.functions));
  if (unsafe === undefined) return findCounting(source);
  return appendsAround(unsafe) ? '>>' : source.slice(unsafe.start, unsafe.end).replace(/\s+/g, ' ');
}

/** A file that grows with each try is a change; one that is written anew is not. */
function isHarmless(command: ShellCommand, functions: ReadonlySet<string>): boolean {
  const { words, redirects } = command;
  if (redirects.some(isAppend) || appendsAround(command)) return false;
  return (
    words.length === 0 ||
    isReadOnly(
      words.map(({ value }) => value),
      functions,
    )
  );
}

/** A group or a loop around it appends to a file. */
function appendsAround({ parents }: ShellCommand): boolean {
  return parents.some((node) => node.type === 'Redirected' && node.redirects.some(isAppend));
}

function isAppend(item: SyntaxNode): boolean {
  return item.type === 'Redirect' && /^&?>>$/.test(item.operator) && item.target?.value !== '/dev/null';
}

function isReadOnly(words: Words, functions: ReadonlySet<string>): boolean {
  const [name, ...args] = words;
  if (name === undefined) return false;
  const tool = name.startsWith('/') ? name.slice(name.lastIndexOf('/') + 1) : name;
  if (functions.has(name)) return true;
  if (tool === 'bash' || tool === 'sh') return isShellRead(args);
  if (Object.hasOwn(WRAPPERS, tool)) return isReadOnly(unwrap(args, WRAPPERS[tool] ?? 0), functions);
  return READERS.has(tool) || (Object.hasOwn(CONDITIONS, tool) && CONDITIONS[tool]?.(args) === true);
}

/** `bash -c` with a literal script. */
function isShellRead(args: Words): boolean {
  const [option, script] = args;
  return (
    option !== undefined &&
    /^-[eux]*c$/.test(option) &&
    script !== undefined &&
    findUnsafeCommand(script) === undefined
  );
}

function unwrap(args: Words, skipped: number): Words {
  let at = 0;
  for (let arg = args[0]; arg !== undefined && /^-|^[A-Za-z_]\w*=/.test(arg); arg = args[at]) {
    at += WRAPPER_VALUES.test(arg) ? 2 : 1;
  }
  const rest = args.slice(at + skipped);
  return rest.length === 0 ? ['echo'] : rest;
}

/**
 * The words before a `--` that are neither options nor values of `withValue`, as far as they are known. Undefined where an
 * option stands before the first of them whose value might be one.
 */
function plain(args: Words, withValue: ReadonlySet<string> = new Set()): Words | undefined {
  const words: (string | undefined)[] = [];
  for (let at = 0; at < args.length && args[at] !== '--'; at += 1) {
    const arg = args[at];
    if (arg !== undefined && withValue.has(arg)) at += 1;
    else if (arg === undefined || !arg.startsWith('-')) words.push(arg);
    else if (words.length === 0 && !/=|^-[nsv]./.test(arg)) return undefined;
  }
  return words;
}

function isKubectlRead(args: Words): boolean {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  if (own.some((arg) => arg === '--dry-run=client' || arg === '--dry-run=server')) return true;
  const [verb, next] = plain(own, KUBECTL_VALUES) ?? [];
  return KUBECTL_VERBS.has(verb ?? '') || KUBECTL_PAIRS.has(`${verb ?? ''} ${next ?? ''}`);
}

function isCubRead(args: Words): boolean {
  const [noun, verb] = plain(args, CUB_VALUES) ?? [];
  return noun === 'version' || noun === 'info' || (noun !== undefined && CUB_VERBS.has(verb ?? ''));
}

const SED_ADDRESS = String.raw`(?:\d+|\$|/(?:[^/\\\n]|\\.)+/I?)`;
/** Commands of sed that neither write a file nor run a command: `s` without its flags `e` and `w`, and those of one letter. */
const SED_COMMANDS = new RegExp(
  String.raw`^(?:\s*(?:${SED_ADDRESS}(?:,\+?${SED_ADDRESS})?\s*!?\s*)?(?:s(.)(?:(?!\1)[^\\\n]|\\.)*\1(?:(?!\1)[^\\]|\\[^])*\1[gpiIm\d]*|[pdqQnNDPGgHhx=])?\s*(?:[;\n]|$))*$`,
);

/** Its script is known, and all of its commands. */
function isSedRead(args: Words): boolean {
  let script: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === undefined) {
      if (script === undefined) return false;
    } else if (/^(?:-[nErsuz]*e|--expression)$/.test(arg)) {
      at += 1;
      script = `${script === undefined ? '' : `${script}\n`}${args[at] ?? '?'}`;
    } else if (arg.startsWith('-')) {
      if (!/^-[nErsuz]+$|^--(?:quiet|silent|regexp-extended)$/.test(arg)) return false;
    } else script ??= arg;
  }
  return script !== undefined && SED_COMMANDS.test(script);
}

/** Neither another method nor a body; a value that is only known at run time might be one. */
function isCurlRead(args: Words): boolean {
  return !args.some((arg, index) => {
    if (arg === undefined) return false;
    const short = /^-[a-zA-Z]*?X(.*)$/.exec(arg)?.[1];
    const method =
      short === '' || arg === '--request' ? args[index + 1] : (short ?? /^--request=(.*)$/.exec(arg)?.[1]);
    const names = short !== undefined || /^--request\b/.test(arg);
    if (names) return method === undefined || !/^(?:GET|HEAD)$/.test(method);
    return /^-[a-zA-Z]*[dFTK]|^--(?:data|json|form|upload-file|config|url-query)/.test(arg);
  });
}
