/** patch:body: bodies of `cub unit update` that change something else than they seem to. */
import type { HereDoc, Redirection, SyntaxNode } from 'unbash';
import { parseAllDocuments } from 'yaml';
import { callsOf, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding, Page, Rule } from '../lint.ts';
import type { ShellCommand, ShellWord } from '../shell/shell.ts';
import { flagOf, given, placeOf } from './call-text.ts';

const CODE = 'patch:body';

const RULES: readonly Rule[] = [
  {
    code: CODE,
    title: 'A body that changes something else',
    severity: 'error',
    explanation:
      'A patch of a unit changes what the hub knows of it: labels, target, description. Its configuration is changed by a function or by a whole new file. An update without `--patch` replaces the whole configuration, so a fragment as its body throws the rest away.',
    bad: `echo '{"spec": {"replicas": 3}}' | cub unit update web --space demo --patch --from-stdin`,
    good: 'cub function do set-replicas 3 --space demo --unit web',
  },
];

/** Fields that a patch of a unit may name. */
const FIELDS = new Set(
  'Slug DisplayName Labels Annotations TargetID SetID ChangeSetID LastChangeDescription Data ToolchainType UnitID SpaceID OrganizationID UpstreamUnitID UpstreamSpaceID DeleteGates DestroyGates Version EntityType'.split(
    ' ',
  ),
);

export const PATCH_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    for (const call of callsOf(page, contract)) {
      if (call.help) continue;
      if (call.program.name === 'kubectl') yield* checkKubectl(call);
      else if (call.path === 'unit update') yield* checkUpdate(page, call);
    }
  },
};

function* checkUpdate(page: Page, call: ProgramCall): Iterable<Finding> {
  const isEntity = given(call, 'from-stdin') || flagOf(call, 'filename') !== undefined;
  const isPatch = given(call, 'patch');
  const file = isEntity ? flagOf(call, 'filename')?.value : call.args[1]?.value;
  const body =
    given(call, 'from-stdin') || file === '-'
      ? inputOf(page, call.command)
      : file === undefined
        ? undefined
        : contentOf(page, file);
  if (body === undefined) return;
  if (isEntity) yield* checkEntity(call, body, isPatch);
  else if (call.args.length > 1) yield* checkConfiguration(call, body);
}

/** A text of the page, and what shows it. */
interface Body {
  readonly text: string;
}

function* checkEntity(call: ProgramCall, { text }: Body, isPatch: boolean): Iterable<Finding> {
  const value = parseOne(text);
  const place = placeOf((flagOf(call, 'from-stdin') ?? flagOf(call, 'filename'))?.word ?? call.command);
  if (value === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const wrong = Object.keys(value).find((key) => !FIELDS.has(key));
  if (wrong === undefined) return;
  const verb = isPatch ? 'This patch' : 'This body';
  yield {
    code: CODE,
    ...place,
    message: `${verb} changes the unit’s own fields, and a unit has no field \`${wrong}\`; its configuration stays as it is.`,
    hint: /^(?:spec|metadata|image|replicas|data|apiVersion|kind|env|containers)$/.test(wrong)
      ? 'Change the configuration by a function, for example `cub function do set-replicas 3 --unit NAME`, or by a whole file: `cub unit update NAME file.yaml`.'
      : 'Fields are Labels, Annotations, DisplayName, TargetID and the like, spelt with a capital.',
  };
}

/** What is not a list of whole resources would take the place of one. */
function* checkConfiguration(call: ProgramCall, { text }: Body): Iterable<Finding> {
  const [, file] = call.args;
  if (file === undefined || text.includes('\0') || text.trim() === '') return;
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const values = ('empty' in documents ? [] : documents).map((document) =>
    document.errors.length > 0 ? undefined : (document.toJS() as unknown),
  );
  if (values.length === 0 || values.some((value) => value === undefined)) return;
  const fragment = values.find(
    (value) => typeof value === 'object' && value !== null && !('kind' in value && 'apiVersion' in value),
  );
  if (fragment === undefined) return;
  yield {
    code: CODE,
    ...placeOf(file),
    message:
      'This text replaces the whole configuration of the unit, and it is only a fragment of one (no apiVersion and kind): the rest would be lost.',
    hint: 'Give the whole configuration, or change one place by a function such as `cub function do set-replicas 3 --unit NAME`.',
  };
}

function* checkKubectl(call: ProgramCall): Iterable<Finding> {
  const patch = call.path === 'patch' ? flagOf(call, 'patch') : undefined;
  if (patch?.value === undefined || parseOne(patch.value) !== undefined) return;
  yield {
    code: CODE,
    ...placeOf(patch.valueWord),
    message: 'This patch is neither JSON nor YAML, so `kubectl patch` would stop here.',
    hint: `Write the whole patch in single quotes: -p '{"spec": {"replicas": 3}}'.`,
  };
}

function parseOne(text: string): unknown {
  if (text.includes('\0') || text.trim() === '') return undefined;
  const [document, ...others] = parseAllDocuments(text, { logLevel: 'silent' });
  if (document === undefined || others.length > 0 || document.errors.length > 0) return undefined;
  return document.toJS() as unknown;
}

/** What a command reads: its heredoc, or what the command before it in the pipe prints. */
function inputOf(page: Page, command: ShellCommand): Body | undefined {
  const own = command.redirects.map(textOf).find((text) => text !== undefined);
  if (own !== undefined) return { text: own };
  const at = page.scripts[command.script]?.at;
  const pipe = command.parents.findLast((node) => node.type === 'Pipeline');
  if (pipe === undefined || at === undefined) return undefined;
  const index = pipe.commands.findIndex(
    (node) => at(node.pos) <= command.start && command.start < at(node.end),
  );
  const before = pipe.commands[index - 1];
  const producer =
    before === undefined
      ? undefined
      : page.commands.find(
          (other) =>
            other.parents.length > 0 &&
            other.script === command.script &&
            other.start === at(startOf(before)),
        );
  return producer === undefined ? undefined : printedBy(producer);
}

function startOf(node: SyntaxNode): number {
  return node.type === 'Command' ? (node.name?.pos ?? node.pos) : node.pos;
}

function printedBy({ name, words, redirects }: ShellCommand): Body | undefined {
  if (name === 'cat' && words.length === 1) {
    const text = redirects.map(textOf).find((found) => found !== undefined);
    return text === undefined ? undefined : { text };
  }
  if (name !== 'echo' && name !== 'printf') return undefined;
  const printed = words.slice(1).filter(({ shape }) => !/^-[neE]+$/.test(shape));
  const known = printed.map((word: ShellWord) => word.value);
  return known.includes(undefined) ? undefined : { text: known.join(' ').replace(/\\n/g, '\n') };
}

function textOf(redirect: Redirection): string | undefined {
  if (redirect.type === 'HereString') return redirect.target?.value;
  return redirect.type === 'HereDoc' ? heredocText(redirect) : undefined;
}

/** A text with expansions inside is known only when it runs. */
function heredocText({ body, delimiter }: HereDoc): string {
  return delimiter?.quoted === true ? body.text : body.text.replace(/\$\{?\w+\}?/g, 'x');
}

/** A file that the page writes, by a `.file` block or a heredoc. */
function contentOf(page: Page, path: string): Body | undefined {
  const block = page.chapter.blocks.find((item) => item.kind === 'file' && item.path === path);
  if (block !== undefined) return { text: block.body };
  for (const { name, redirects } of page.commands) {
    const target = redirects.find(
      (item) => item.type === 'Redirect' && item.operator === '>' && item.target?.value === path,
    );
    const text = redirects.map(textOf).find((found) => found !== undefined);
    if (name === 'cat' && target !== undefined && text !== undefined) return { text };
  }
  return undefined;
}
