/** What a worker reports about an operation, as it comes: of the right types, and fitting the operation that it is about. */
import type { Action, ActionStatus, QueuedOperation } from './entities.ts';
import { badRequest } from './errors.ts';
import { readWire } from './wire-type.ts';
import type { WireType } from './wire-type.ts';

/** `LiveState`, `Outputs` and `Data` are base64. */
export interface ActionResult {
  readonly UnitID?: string;
  readonly QueuedOperationID?: string;
  readonly Action: string;
  readonly Status: ActionStatus;
  readonly Result: string;
  readonly Message: string;
  readonly StartedAt?: string;
  readonly TerminatedAt?: string;
  readonly LiveState: string;
  readonly Outputs: string;
  readonly Data: string;
}

const SHAPE: WireType = {
  fields: {
    UnitID: 'id',
    SpaceID: 'id',
    QueuedOperationID: 'id',
    RevisionNum: 'integer',
    Action: 'text',
    Status: 'text',
    Result: 'text',
    Message: 'text',
    StartedAt: 'time',
    TerminatedAt: 'time',
    LiveState: 'base64',
    Outputs: 'base64',
    Data: 'base64',
  },
};

const STATUSES: readonly string[] = [
  'None',
  'Pending',
  'Submitted',
  'Progressing',
  'Completed',
  'Failed',
  'Canceled',
] satisfies ActionStatus[];

/** How an action can end; before that its result is None. */
const RESULTS: Readonly<Record<Action, Partial<Readonly<Record<ActionStatus, readonly string[]>>>>> = {
  Apply: { Completed: ['ApplyCompleted'], Failed: ['ApplyFailed', 'ApplyWaitFailed'] },
  Destroy: { Completed: ['DestroyCompleted'], Failed: ['DestroyFailed', 'DestroyWaitFailed'] },
  Refresh: { Completed: ['RefreshAndDrifted', 'RefreshAndNoDrift'], Failed: ['RefreshFailed'] },
  Import: { Completed: ['ImportCompleted'], Failed: ['ImportFailed'] },
};

/** The result of a request's body. Throws 400 for a wrong type or a status that is none. */
export function readActionResult(body: unknown): ActionResult {
  const sent = (readWire('the body', SHAPE, body) ?? {}) as Partial<ActionResult>;
  const { Action = '', Status = '' } = sent;
  if (Action === '') throw badRequest('a result needs an Action');
  if (!STATUSES.includes(Status)) throw badRequest('Status is no action status');
  const texts = { Result: 'None', Message: '', LiveState: '', Outputs: '', Data: '' };
  return { ...texts, ...sent, Action, Status: Status as ActionStatus };
}

/** Throws 400 for the result of another action, or one that the action cannot have in this status. */
export function requireFitting(operation: QueuedOperation, { Action, Status, Result }: ActionResult): void {
  if (Action !== operation.Action)
    throw badRequest(
      `operation ${operation.QueuedOperationID} is of action ${operation.Action}, not ${Action}`,
    );
  const fitting = RESULTS[operation.Action][Status] ?? ['None'];
  if (!fitting.includes(Result))
    throw badRequest(`Result of ${Action} must be ${fitting.join(' or ')} while Status is ${Status}`);
}
