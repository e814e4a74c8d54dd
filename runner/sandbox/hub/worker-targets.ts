/** A worker that connects says what it can reach; each of that becomes a target in the worker's space. */
import type { HubContext } from './context.ts';
import type { BridgeWorker, Target, WorkerInfo } from './entities.ts';
import { stampNew, touch } from './entity.ts';

interface Offer {
  readonly Slug: string;
  readonly ProviderType: string;
  readonly ToolchainType: string;
  readonly Parameters: string;
}

/** Makes the targets that are not there and renews the worker's own. A name that another worker's target has is left alone. */
export function registerTargets(hub: HubContext, worker: BridgeWorker, info: WorkerInfo): void {
  for (const offer of offersOf(info)) {
    const known = hub.tables.Target.list({
      where: {
        sql: `json_extract(value, '$.SpaceID') = ? AND json_extract(value, '$.Slug') = ?`,
        params: [worker.SpaceID, offer.Slug],
      },
    })[0]?.value;
    if (known === undefined) addTarget(hub, worker, offer);
    else if (known.BridgeWorkerID === worker.BridgeWorkerID && differs(known, offer))
      hub.tables.Target.put(known.TargetID, touch(hub, { ...known, ...offer }));
  }
}

function addTarget(hub: HubContext, worker: BridgeWorker, offer: Offer): void {
  const id = hub.ids.uuid();
  const target: Target = {
    ...stampNew(hub, 'Target'),
    ...offer,
    TargetID: id,
    SpaceID: worker.SpaceID,
    DisplayName: offer.Slug,
    Labels: {},
    Annotations: {},
    BridgeWorkerID: worker.BridgeWorkerID,
  };
  hub.tables.Target.put(id, target);
}

function differs(known: Target, offer: Offer): boolean {
  return (['ProviderType', 'ToolchainType', 'Parameters'] as const).some(
    (name) => known[name] !== offer[name],
  );
}

function offersOf({ BridgeWorkerInfo }: WorkerInfo): Offer[] {
  return (BridgeWorkerInfo?.SupportedConfigTypes ?? []).flatMap(
    ({ ToolchainType, ProviderType = '', AvailableTargets = [] }) =>
      AvailableTargets.map(({ Name, Params = {} }) => ({
        Slug: Name,
        ProviderType,
        ToolchainType,
        Parameters: JSON.stringify(Params),
      })),
  );
}
