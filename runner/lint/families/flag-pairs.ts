/** contract:flag, of two flags: those that exclude each other, and those that need another. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding } from '../lint.ts';
import { flagOf, given, lineOf, placeOf } from './call-text.ts';

const CODE = 'contract:flag';

interface Pair {
  readonly path: RegExp;
  readonly flags: readonly [string, string];
}

const EXCLUSIVE: readonly Pair[] = [
  { path: /^unit update$/, flags: ['restore', 'upgrade'] },
  { path: /^unit update$/, flags: ['restore', 'merge-source'] },
  { path: /^unit update$/, flags: ['upgrade', 'merge-source'] },
  { path: / update$/, flags: ['patch', 'replace'] },
  { path: / (?:create|update)$/, flags: ['from-stdin', 'filename'] },
  { path: / create$/, flags: ['dest-space', 'where-space'] },
  { path: /^run$/, flags: ['unit', 'where'] },
  { path: /^trigger /, flags: ['disable', 'enable'] },
  { path: /^trigger /, flags: ['enforce', 'unenforce'] },
];

/** The first needs one of the others. */
const NEEDS: readonly { readonly path: RegExp; readonly flag: string; readonly others: readonly string[] }[] =
  [
    { path: /^unit update$/, flag: 'merge-source', others: ['merge-base'] },
    { path: /^unit update$/, flag: 'merge-source', others: ['merge-end'] },
    { path: /^unit update$/, flag: 'merge-base', others: ['merge-source'] },
    { path: /^unit update$/, flag: 'merge-base', others: ['merge-end'] },
    { path: /^unit update$/, flag: 'merge-end', others: ['merge-source'] },
    { path: /^unit update$/, flag: 'merge-end', others: ['merge-base'] },
    { path: /^unit update$/, flag: 'merge-source', others: ['patch'] },
    { path: /^unit (?:list|tree)$/, flag: 'where-data', others: ['resource-type', 'filter'] },
    { path: /^target create$/, flag: 'from-target-space', others: ['from-target'] },
    { path: /^target create$/, flag: 'from-target', others: ['from-target-space'] },
    { path: /^view /, flag: 'order-by-direction', others: ['order-by'] },
    { path: /^unit create$/, flag: 'upstream-space', others: ['upstream-unit'] },
  ];

const PATCHES = ['from-stdin', 'filename', 'restore', 'upgrade', 'label', 'changeset', 'merge-source'];

export const FLAG_PAIRS_FAMILY: Family = {
  rules: [],
  *check(page, { contract }) {
    for (const call of cubCalls(page, contract)) {
      if (call.help) continue;
      yield* checkExclusive(call);
      yield* checkNeeds(call);
      yield* checkUpdate(call);
    }
  },
};

/** Entities are selected by their names or by a clause. */
function selectorsOf({ args, path }: ProgramCall): readonly Pair[] {
  const [kind = '', verb = ''] = path.split(' ');
  if (
    (path === 'filter create' && args.length > 0) ||
    !/^(?:create|update|delete|apply|approve|do|exec|set-target|tag)$/.test(verb)
  )
    return [];
  return [{ path: /^/, flags: [kind === 'function' ? 'unit' : kind, 'where'] }];
}

function* checkExclusive(call: ProgramCall): Iterable<Finding> {
  for (const { path, flags } of [...EXCLUSIVE, ...selectorsOf(call)]) {
    const [first, second] = flags.map((name) => (given(call, name) ? flagOf(call, name) : undefined));
    if (!path.test(call.path) || first === undefined || second === undefined) continue;
    yield {
      code: CODE,
      ...placeOf(second.word),
      message: `\`--${first.name}\` and \`--${second.name}\` exclude each other, so \`${lineOf(call)}\` would stop here.`,
      hint: `Keep one of the two.`,
    };
  }
}

function* checkNeeds(call: ProgramCall): Iterable<Finding> {
  for (const { path, flag: name, others } of NEEDS) {
    const flag = flagOf(call, name);
    if (!path.test(call.path) || flag === undefined || call.open) continue;
    const known = others.filter((other) => other in call.spec.flags);
    if (known.length === 0 || known.some((other) => given(call, other))) continue;
    yield {
      code: CODE,
      ...placeOf(flag.word),
      message: `\`--${name}\` of \`${lineOf(call)}\` only works together with \`--${known[0] ?? ''}\`.`,
      hint: `Add \`--${known[0] ?? ''}\`.`,
    };
    return;
  }
}

/** `unit update` selects units by flags only with `--patch`, and a patch of one unit says what it changes. */
function* checkUpdate(call: ProgramCall): Iterable<Finding> {
  if (call.path !== 'unit update' || call.open) return;
  const patch = flagOf(call, 'patch');
  const selector = ['where', 'unit', 'filter']
    .map((name) => flagOf(call, name))
    .find((flag) => flag !== undefined);
  if (selector !== undefined && (patch === undefined || call.args.length > 0)) {
    yield {
      code: CODE,
      ...placeOf(selector.word),
      message: `\`--${selector.name}\` of \`cub unit update\` needs \`--patch\` and no unit's name, so it would stop here.`,
      hint:
        patch === undefined
          ? 'Add `--patch`, and say what to change by `--upgrade`, `--restore`, `--label` or `--from-stdin`.'
          : `Leave out \`${call.args[0]?.text ?? ''}\` or \`--${selector.name}\`.`,
    };
  } else if (patch !== undefined && call.args.length === 1 && !PATCHES.some((name) => given(call, name))) {
    yield {
      code: CODE,
      ...placeOf(patch.word),
      message: 'This patch says nothing that shall change, so `cub unit update` would stop here.',
      hint: 'Add `--from-stdin`, `--filename`, `--restore`, `--upgrade` or `--label`.',
    };
  } else if (patch === undefined && call.args.length === 0) {
    yield {
      code: CODE,
      ...placeOf(call.command),
      message: '`cub unit update` needs a unit, so it would stop here.',
      hint: 'Name a unit, or update several with `--patch` and `--where`.',
    };
  }
}
