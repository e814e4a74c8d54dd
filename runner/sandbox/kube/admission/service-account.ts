/** The ServiceAccount admission plugin: every pod runs as an account that exists, with its token mounted. */
import type { Ids } from '../../store/ids.ts';
import { forbidden } from '../errors.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, childObject, readObjects, readPath, readText } from '../objects/fields.ts';
import { pods, serviceAccounts } from '../objects/resources.ts';

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const tolerationSeconds = 300;

/** Changes the pod in place. Throws ApiError where the account is missing. */
export function admitPod(core: Core, object: KubeObject): void {
  const pod = asJson(object);
  const spec = childObject(pod, 'spec');
  const account = readText(spec, 'serviceAccountName') || readText(spec, 'serviceAccount') || 'default';
  Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
  const { name, namespace } = object.metadata;
  const held = core.objects.get(serviceAccounts, namespace, account);
  if (held === undefined) {
    const why = `error looking up service account ${namespace ?? ''}/${account}: serviceaccount "${account}" not found`;
    throw forbidden(pods, name, why);
  }
  const ids = core.ids.for(`token ${namespace ?? ''}/${name}`);
  if (mountsToken(spec, asJson(held))) mountToken(ids, spec);
  tolerate(spec);
}

function mountsToken(spec: JsonObject, account: JsonObject): boolean {
  const wanted = spec['automountServiceAccountToken'] ?? account['automountServiceAccountToken'];
  return wanted !== false;
}

function mountToken(ids: Ids, spec: JsonObject): void {
  const containers = [...readObjects(spec, 'initContainers'), ...readObjects(spec, 'containers')];
  const volumes = readObjects(spec, 'volumes');
  const known = volumes.find((volume) => readText(volume, 'name').startsWith('kube-api-access-'));
  const name = known === undefined ? `kube-api-access-${ids.suffix(5)}` : readText(known, 'name');
  let used = false;
  for (const container of containers) {
    const mounts = readObjects(container, 'volumeMounts');
    if (mounts.some((mount) => readText(mount, 'mountPath') === tokenPath)) continue;
    container['volumeMounts'] = [...mounts, { mountPath: tokenPath, name, readOnly: true }];
    used = true;
  }
  if (used && known === undefined) spec['volumes'] = [...volumes, tokenVolume(name)];
}

function tokenVolume(name: string): JsonObject {
  return {
    name,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
    },
  };
}

/** The DefaultTolerationSeconds plugin. */
function tolerate(spec: JsonObject): void {
  const held = readObjects(spec, 'tolerations');
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) => !held.some((toleration) => tolerates(toleration, key)),
  );
  const made = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds }));
  spec['tolerations'] = [...held, ...made];
}

function tolerates(toleration: JsonObject, key: string): boolean {
  const effect = readText(toleration, 'effect');
  const ofKey = readText(toleration, 'key');
  return (
    (ofKey === key || ofKey === '') &&
    (effect === 'NoExecute' || effect === '') &&
    readPath(toleration, 'key') !== null
  );
}
