/** scope:*: writes that reach further than the reader’s own spaces and namespaces. Hubs and clusters are shared. */
import { callsOf, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding, Rule } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { flagOf, given, lineOf, placeOf } from './call-text.ts';

const RULES: readonly Rule[] = [
  {
    code: 'scope:all-spaces',
    title: 'A write to everybody’s spaces',
    severity: 'error',
    explanation:
      'With `--space "*"` a command works on all spaces of the organization, those of other people among them. A write there must be limited to what carries the reader’s prefix, which is a variable.',
    bad: 'cub unit update --patch --upgrade --space "*" --where "Slug = \'web\'"',
    good: 'cub unit update --patch --upgrade --space "*" --where "Space.Labels.App = \'$PREFIX-traderx\'"',
  },
  {
    code: 'scope:spaces',
    title: 'Spaces chosen without the reader’s prefix',
    severity: 'error',
    explanation:
      'A clause that chooses spaces to be changed or deleted also finds those of other people, unless the reader’s prefix is in it.',
    bad: 'cub space delete --where "Labels.Environment = \'dev\'"',
    good: 'cub space delete --where "Labels.App = \'$PREFIX-traderx\'"',
  },
  {
    code: 'scope:all-namespaces',
    title: 'A deletion in every namespace',
    severity: 'error',
    explanation:
      'In every namespace there are objects of other people and of the cluster itself. A label does not make them the reader’s own.',
    bad: 'kubectl delete pods --all-namespaces -l app=reference-data',
    good: 'kubectl delete pods --namespace "$PREFIX-traderx" -l app=reference-data',
  },
  {
    code: 'scope:cluster',
    title: 'A deletion that takes the cluster’s own things along',
    severity: 'error',
    explanation:
      'Namespaces, nodes and other things that are in no namespace belong to everyone who uses the cluster. Delete them by the names that the page created.',
    bad: 'kubectl delete namespaces --all',
    good: 'kubectl delete namespace "$PREFIX-traderx"',
  },
];

/** Commands of `cub` that change what they choose. `unit apply` in all spaces is no working command at all. */
const WRITES =
  /^(?:unit (?:approve|delete|destroy|push-upgrade|refresh|set-target|tag|update)|(?:changeset|filter|invocation|link|set|space|tag|target|trigger|view|worker) (?:delete|update)|unit create|link create|function do)$/;

/** Functions that write; others only read or check. */
const SETTERS = /^(?:set-|delete-|ensure-|patch-|upsert-|replace-|search-replace|reset|yq-i)/;

const CLAUSES = ['where', 'where-space', 'where-from', 'where-to', 'where-to-space'];

const NAMED = /\bSpace\.Slug (?:=|IN)|\bSpaceID (?:=|IN)/;

/** In no namespace: plural, singular and short names. */
const CLUSTER_KINDS =
  /^(?:namespaces?|ns|nodes?|no|persistentvolumes?|pv|clusterroles?|clusterrolebindings?|customresourcedefinitions?|crds?|storageclass(?:es)?|sc)(?:\.\S+)?$/;
const SYSTEM = /^(?:default|kube-system|kube-public|kube-node-lease)$/;

export const SCOPE_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    // Elsewhere the whole organization may well be meant.
    const hasPrefix = page.kind === 'chapter' || /\bPREFIX\b|_PREFIX\b/.test(page.source);
    for (const call of callsOf(page, contract)) {
      if (call.help || call.open || call.faults.length > 0) continue;
      if (call.program.name === 'cub') yield* hasPrefix ? checkCub(call) : [];
      else if (call.path === 'delete') yield* checkDelete(call);
    }
  },
};

function* checkCub(call: ProgramCall): Iterable<Finding> {
  if (!WRITES.test(call.path) || given(call, 'dry-run') || isReading(call)) return;
  if (flagOf(call, 'filter') !== undefined || isLimited(call)) return;
  const space = flagOf(call, 'space');
  if (space?.value === '*') {
    yield {
      code: 'scope:all-spaces',
      ...placeOf(space.valueWord),
      message: `\`${lineOf(call)}\` would change units in everybody’s spaces, since no clause holds the reader’s prefix.`,
      hint: "Add to the clause `Space.Labels.App = '$PREFIX-…'`, or name one space.",
    };
    return;
  }
  const clause =
    flagOf(call, 'where-space') ?? (call.path.startsWith('space ') ? flagOf(call, 'where') : undefined);
  if (clause === undefined) return;
  yield {
    code: 'scope:spaces',
    ...placeOf(clause.valueWord),
    message: `The clause chooses spaces without the reader’s prefix, so \`${lineOf(call)}\` also reaches those of other people.`,
    hint: "Choose by a label that holds the prefix: `Labels.App = '$PREFIX-…'`.",
  };
}

function isReading({ path, args }: ProgramCall): boolean {
  if (path !== 'function do') return false;
  const [name] = args;
  return name?.value === undefined || !SETTERS.test(name.value);
}

/** A part that is only known at run time may be the prefix; a space that is named is meant. */
function isLimited(call: ProgramCall): boolean {
  const names = call.path.split(' ', 1)[0] ?? '';
  const flags = [...CLAUSES, names].flatMap((name) => flagOf(call, name) ?? []);
  return flags.some(
    ({ name, shape }) =>
      shape.includes('\0') || NAMED.test(shape) || (name === 'where-space' && /^Slug (?:=|IN)/.test(shape)),
  );
}

function* checkDelete(call: ProgramCall): Iterable<Finding> {
  if (flagOf(call, 'dry-run') !== undefined) return;
  const [kind, ...names] = call.args;
  const all = flagOf(call, 'all-namespaces');
  if (all !== undefined && given(call, 'all-namespaces')) {
    yield found(
      'scope:all-namespaces',
      all.word,
      'This deletes in every namespace, also what belongs to other people.',
      'Name one: `--namespace "$PREFIX-…"`.',
    );
  } else if (kind?.value !== undefined && CLUSTER_KINDS.test(kind.value) && given(call, 'all')) {
    yield found(
      'scope:cluster',
      flagOf(call, 'all')?.word ?? kind,
      `This deletes all ${kind.value} of the cluster, also those of other people.`,
      'Give the names that this page created.',
    );
  } else if (kind?.value !== undefined && /^(?:namespaces?|ns)$/.test(kind.value)) {
    const system = names.find(({ value }) => value !== undefined && SYSTEM.test(value));
    if (system === undefined) return;
    yield found(
      'scope:cluster',
      system,
      `The namespace \`${system.text}\` is the cluster’s own, and refuses or breaks everybody’s work.`,
      'Delete the namespace that this page created.',
    );
  }
}

function found(code: string, word: ShellWord, message: string, hint: string): Finding {
  return { code, ...placeOf(word), message, hint };
}
