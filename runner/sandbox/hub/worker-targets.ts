/** A worker that connects says what it can reach; each of that becomes a target in the worker's space. */
import type { HubContext } from './context.ts';
import type { BridgeWorker, Target } from './entities.ts';
import { stampNew, touch } from './entity.ts';

interface Offer {
  readonly Slug: string;
  readonly ProviderType: string;
  readonly ToolchainType: string;
  readonly Parameters: string;
}

/** Makes the targets that are not there and renews the worker's own. A name that another worker's target has is left alone. */
export function registerTargets(hub: HubContext, worker: BridgeWorker, info: unknown): void {
  for (const offer of readOffers(info)) {
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

/** What can be read of `{SupportedConfigTypes: [{ToolchainType, ProviderType, AvailableTargets: [{Name, Params}]}]}`. */
function readOffers(info: unknown): Offer[] {
  return listIn(info, 'SupportedConfigTypes').flatMap((type) =>
    listIn(type, 'AvailableTargets').flatMap((target) => {
      const name = textIn(target, 'Name');
      return name === ''
        ? []
        : [
            {
              Slug: name,
              ProviderType: textIn(type, 'ProviderType'),
              ToolchainType: textIn(type, 'ToolchainType'),
              Parameters: JSON.stringify(valueIn(target, 'Params') ?? {}),
            },
          ];
    }),
  );
}

function valueIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const found = valueIn(value, name);
  return Array.isArray(found) ? found : [];
}

function textIn(value: unknown, name: string): string {
  const found = valueIn(value, name);
  return typeof found === 'string' ? found : '';
}
