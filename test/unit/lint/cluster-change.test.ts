import { expect, test } from 'vitest';
import { findClusterChange } from '../../../runner/lint/cluster-change.ts';

const HARMLESS = [
  'cub space create "$P-x"',
  'cub unit create a k8s/a.yaml --space s && cub unit set-target a "$T" --space s',
  'cub worker install w --space s --export --include-secret > worker.yaml',
  'cub unit push-upgrade a --space s',
  'cub space create kind',
  'kubectl get node,pods -A | grep -c Running',
  'kubectl apply -f a.yaml --dry-run=server',
  'kubectl rollout status deployment/a',
  "sed 's/a/b/' a.yaml | cub unit update a - --space s",
  'export PREFIX="${MTX_PREFIX:-demo}"',
  'curl -fsS http://127.0.0.1:8080/health',
  'mkdir -p out; printf x > out/x',
];

const CHANGES: readonly (readonly [string, string])[] = [
  ['cub unit apply a --space s', 'cub unit apply a --space s'],
  ['for U in a b; do cub unit destroy "$U"; done', 'cub unit destroy "$U"'],
  ['cub --space s unit apply a', 'cub --space s unit apply a'],
  ['cub worker install w --space s', 'cub worker install w --space s'],
  ['cub worker install w --export | kubectl apply -f -', 'kubectl apply -f -'],
  ['X="$(kubectl create namespace x)"', 'kubectl create namespace x'],
  ['if true; then kubectl delete pod a; fi', 'kubectl delete pod a'],
  ['echo a | xargs kubectl delete pod', 'xargs kubectl delete pod'],
  ['timeout 5 cub unit apply a', 'timeout 5 cub unit apply a'],
  ['/usr/bin/kubectl scale deployment/a --replicas=2', '/usr/bin/kubectl scale deployment/a --replicas=2'],
  ['helm install a ./chart', 'helm install a ./chart'],
  ['bash deploy.sh', 'bash deploy.sh'],
  ['"$TOOL" delete everything', '"$TOOL" delete everything'],
  ['curl -X DELETE "$SERVER/api/v1/namespaces/x"', 'curl -X DELETE "$SERVER/api/v1/namespaces/x"'],
  ['deploy() { kubectl apply -f a.yaml; }', 'kubectl apply -f a.yaml'],
  ['if kubectl', 'if kubectl'],
];

test.each(HARMLESS)('%s changes no cluster', (source) => {
  expect(findClusterChange(source)).toBeUndefined();
});

test.each(CHANGES)('%s may change the cluster', (source, command) => {
  expect(findClusterChange(source)).toBe(command);
});
