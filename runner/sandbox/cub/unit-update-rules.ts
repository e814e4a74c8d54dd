/** Which flags of `unit update` exclude each other; the order of the checks decides which text a user sees. */
import type { Invocation } from './cub.ts';
import { Failure } from './failure.ts';
import { checkMerge } from './unit-merge.ts';
import { checkLabelRemoval, checkSources, readsEntity } from './model.ts';

/** Revision numbers of a unit that `--restore` knows by name. */
const RESTORABLE = /^(?:LiveRevisionNum|LastAppliedRevisionNum|PreviousLiveRevisionNum|HeadRevisionNum)$/;

/** Revisions by tag or changeset, and those before others, are of the client of October 2025. */
const RESTORABLE_LATER = /^(?:Before:.+|(?:Tag|ChangeSet):.+)$/;

/** True for what the hub understands; numbers and ids of revisions are looked up by the client. */
export function isRestorable(text: string): boolean {
  return RESTORABLE.test(text) || RESTORABLE_LATER.test(text);
}

/** Throws Failure for the first rule that is broken. */
export function checkUpdate(call: Invocation, several: boolean): void {
  checkLabelRemoval(call);
  checkSelection(call, several);
  const restore = call.flags.text('restore');
  const upgrade = call.flags.on('upgrade');
  if (restore !== '' && upgrade) throw new Failure('only one of --restore and --upgrade should be specified');
  if ((restore !== '' || upgrade) && call.args.length > 1)
    throw new Failure('only one of --restore, --upgrade, or config-file should be specified');
  if (call.flags.on('patch') && call.flags.on('replace'))
    throw new Failure('only one of --patch and --replace should be specified');
  const merges = checkMerge(call);
  const content =
    readsEntity(call) ||
    restore !== '' ||
    upgrade ||
    merges ||
    call.flags.text('changeset') !== '' ||
    call.flags.list('label').length > 0;
  if (call.flags.on('patch') && !several && !content)
    throw new Failure('--patch requires one of: --from-stdin, --filename, --restore, --upgrade, or --label');
  if (several && restore !== '' && !isRestorable(restore))
    throw new Failure(
      "bulk patch mode doesn't support revision UUID or number restore values, only unit revision fields like LiveRevisionNum",
    );
  if (!several && call.space.id === '*')
    throw new Failure("--space must not be '*' when not performing bulk operations");
  checkSources(call);
}

function checkSelection(call: Invocation, several: boolean): void {
  const named = call.flags.list('unit').length > 0;
  const where = call.flags.text('where') !== '' || call.flags.text('filter') !== '';
  if (!several && (where || named))
    throw new Failure('--where or --unit can only be specified with --patch and no unit positional argument');
  if (named && call.flags.text('where') !== '')
    throw new Failure('--unit and --where flags are mutually exclusive');
}
