/** scope:*: writes that reach further than the reader’s own spaces and namespaces. Hubs and clusters are shared. */
import { callsOf, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding, Rule } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { flagOf, given, placeOf } from './call-text.ts';
import { checkReach } from './scope-reach.ts';

const RULES: readonly Rule[] = [
  {
    code: 'scope:all-spaces',
    title: 'A write to everybody’s spaces',
    severity: 'error',
    explanation:
      'With `--space "*"` a command works on all spaces of the organization, those of other people among them. A write there must be limited to spaces that carry the reader’s prefix, which is a variable: by =, IN or LIKE, since `!=` finds everybody’s but one’s.',
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
    code: 'scope:reads',
    title: 'A listing of everybody’s, with an output that the page shows',
    severity: 'warning',
    explanation:
      'With `--space "*"` a listing holds what other people have, too. On a hub that is shared the reader sees other lines than the page, and the check fails.',
    bad: 'cub unit list --space "*" --where "Slug = \'web\'" --names',
    good: 'cub unit list --space "*" --where "Space.Labels.App = \'$PREFIX-traderx\' AND Slug = \'web\'" --names',
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

/** In no namespace: plural, singular and short names. */
const CLUSTER_KINDS =
  /^(?:namespaces?|ns|nodes?|no|persistentvolumes?|pv|clusterroles?|clusterrolebindings?|customresourcedefinitions?|crds?|storageclass(?:es)?|sc)(?:\.\S+)?$/;
const SYSTEM = /^(?:default|kube-system|kube-public|kube-node-lease)$/;

export const SCOPE_FAMILY: Family = {
  rules: RULES,
  *check(page, context) {
    yield* checkReach(page, context);
    for (const call of callsOf(page, context.contract)) {
      if (call.help || call.open || call.faults.length > 0 || call.program.name === 'cub') continue;
      if (call.path === 'delete') yield* checkDelete(call);
    }
  },
};

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
