/** contract:args of commands that work on one entity by name or on several by flags: which of the two a line means must be clear. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { flagOf, given, lineOf, placeOf } from './call-text.ts';

const CODE = 'contract:args';

/** Kinds whose create and update have both forms; the flag that names several is called like the kind. */
const KINDS = new Set(
  'changeset filter invocation tag trigger unit view space link target worker'.split(' '),
);

/** Kinds whose `create` uses `--where` for the clause of the new entity. */
const OWN_WHERE = new Set(['filter']);

const COPIES = ['dest-space', 'where-space', 'name-prefix'];

export const BULK_FAMILY: Family = {
  rules: [],
  *check(page, { contract }) {
    for (const call of cubCalls(page, contract)) {
      const [kind = '', verb] = call.path.split(' ');
      if (call.help || call.open || call.faults.length > 0 || !KINDS.has(kind)) continue;
      if (verb === 'create') yield* kind === 'link' ? checkLinks(call) : checkCreate(call, kind);
      if (verb === 'update' && kind !== 'unit') yield* checkUpdate(call, kind);
      if (verb === 'update') yield* checkRemoval(call);
      if (call.path === 'unit update') yield* checkSource(call);
      if (call.path === 'unit create') yield* checkClone(call);
      if (call.path === 'unit tag' && !['unit', 'where', 'filter'].some((name) => given(call, name))) {
        yield at(
          call,
          'This tags nothing: no flag says which units.',
          'Add `--where`, `--unit` or `--filter`.',
        );
      }
    }
  },
};

function at(call: ProgramCall, message: string, hint: string, word?: ShellWord): Finding {
  const end = call.command.words[call.path.split(' ').length]?.end ?? call.command.end;
  return { code: CODE, start: word?.start ?? call.command.start, end: word?.end ?? end, message, hint };
}

function firstOf(call: ProgramCall, names: readonly string[]): string | undefined {
  return names.find((name) => flagOf(call, name) !== undefined);
}

function* checkCreate(call: ProgramCall, kind: string): Iterable<Finding> {
  if (kind === 'worker' || kind === 'target') return;
  const choosing = OWN_WHERE.has(kind) ? [kind] : ['where', kind];
  const several = firstOf(call, [...choosing, ...COPIES]);
  const [first] = call.args;
  if (first !== undefined) {
    const flag = several === undefined ? undefined : flagOf(call, several);
    if (flag === undefined) return;
    const message = `\`${lineOf(call)}\` gets a name, and \`--${flag.name}\`, which is for copies of several; it takes only one of the two.`;
    yield {
      code: CODE,
      ...placeOf(flag.word),
      message,
      hint: `Leave out \`${first.text}\` or \`--${flag.name}\`.`,
    };
  } else if (several === undefined && !given(call, 'from-stdin') && !given(call, 'filename')) {
    yield at(
      call,
      `\`${lineOf(call)}\` needs a name, so it would stop here.`,
      `Write \`cub ${kind} ${call.spec.usage}\`.`,
    );
  } else if (firstOf(call, choosing) === undefined) {
    yield at(call, 'Nothing says what shall be copied.', `Add \`--where\` or \`--${kind}\`.`);
  } else if (firstOf(call, COPIES) === undefined) {
    yield at(
      call,
      'Nothing says where the copies go.',
      `Add ${COPIES.filter((name) => name in call.spec.flags)
        .map((name) => `\`--${name}\``)
        .join(', ')}.`,
    );
  }
}

const LINK_FLAGS = ['where-from', 'where-to', 'where-space', 'where-to-space', 'dest-space'];

function* checkLinks(call: ProgramCall): Iterable<Finding> {
  const [first] = call.args;
  const several = firstOf(call, LINK_FLAGS);
  if (first !== undefined && several !== undefined) {
    yield at(
      call,
      `\`${lineOf(call)}\` gets names and \`--${several}\`, and takes only one of the two.`,
      `Leave out the names or \`--${several}\`.`,
    );
  } else if (first === undefined && !(given(call, 'where-from') && given(call, 'where-to'))) {
    yield at(
      call,
      '`cub link create` needs a name and two units, so it would stop here.',
      'Write `cub link create NAME FROM-UNIT TO-UNIT TO-SPACE`, or select by `--where-from` and `--where-to`.',
    );
  } else if (first === undefined && firstOf(call, ['where-space', 'dest-space']) === undefined) {
    yield at(
      call,
      'Nothing says in which spaces the links are made.',
      'Add `--where-space` or `--dest-space`.',
    );
  }
}

function* checkUpdate(call: ProgramCall, kind: string): Iterable<Finding> {
  const choosing = ['where', kind];
  const several = firstOf(call, choosing);
  const [first, second] = call.args;
  const takesWords = /^(?:filter|invocation|link|trigger)$/.test(kind);
  if (first !== undefined && several !== undefined) {
    const flag = flagOf(call, several);
    yield at(
      call,
      `\`${lineOf(call)}\` gets a name and \`--${several}\`, and takes only one of the two.`,
      `Leave out \`${first.text}\` or \`--${several}\`.`,
      flag?.word,
    );
  } else if (second !== undefined && !takesWords && call.spec.args?.max === null) {
    yield at(
      call,
      `\`${lineOf(call)}\` takes one name, so it would stop at \`${second.text}\`.`,
      'A text with blanks is quoted.',
      second,
    );
  } else if (first === undefined && !given(call, 'patch')) {
    yield at(
      call,
      `\`${lineOf(call)}\` needs a name, so it would stop here.`,
      'Name one, or change several with `--patch` and `--where`.',
    );
  } else if (first === undefined && several === undefined) {
    yield at(call, `This patch of several says not which.`, `Add \`--where\` or \`--${kind}\`.`);
  }
}

/** `--label key=-` takes a label away, which only a patch can. */
function* checkRemoval(call: ProgramCall): Iterable<Finding> {
  const label = call.flags.find(
    ({ name, shape }) => name === 'label' && shape.split(',').some((item) => item.endsWith('=-')),
  );
  if (label === undefined || given(call, 'patch')) return;
  yield {
    code: CODE,
    ...placeOf(label.valueWord),
    message: 'A label is taken away only with `--patch`; without it the command stops.',
    hint: 'Add `--patch`.',
  };
}

const RESTORABLE =
  /^(?:-?\d+|[0-9a-f-]{36}|(?:Live|LastApplied|PreviousLive|Head)RevisionNum|(?:Before:)?(?:Tag|ChangeSet|Revision):.+|Before:.+)$/;

function* checkSource(call: ProgramCall): Iterable<Finding> {
  const restore = flagOf(call, 'restore');
  const source = firstOf(call, ['restore', 'upgrade', 'merge-source']);
  const [, file] = call.args;
  if (source !== undefined && file !== undefined && given(call, source)) {
    yield at(
      call,
      `A file and \`--${source}\` both say what the new configuration is; \`cub unit update\` takes one.`,
      `Leave out \`${file.text}\` or \`--${source}\`.`,
      file,
    );
  }
  if (restore?.value === undefined) return;
  if (!RESTORABLE.test(restore.value)) {
    yield at(
      call,
      `\`${restore.value}\` names no revision.`,
      'Write a number, LiveRevisionNum, HeadRevisionNum, `Tag:NAME` or `Before:ChangeSet:NAME`.',
      restore.valueWord,
    );
  } else if (call.args.length === 0 && /^(?:-?\d+|[0-9a-f-]{36})$/.test(restore.value)) {
    yield at(
      call,
      'A number means another revision in each unit, so several units cannot be restored by one.',
      'Write LiveRevisionNum, `Tag:NAME` or `Before:ChangeSet:NAME`.',
      restore.valueWord,
    );
  }
}

function* checkClone(call: ProgramCall): Iterable<Finding> {
  const [, file] = call.args;
  if (file !== undefined && given(call, 'upstream-unit')) {
    yield at(
      call,
      'A clone takes its configuration from its upstream; a file besides is refused.',
      `Leave out \`${file.text}\` or \`--upstream-unit\`.`,
      file,
    );
  }
}
