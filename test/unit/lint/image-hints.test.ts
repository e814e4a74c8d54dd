/** What is said of an image that the catalogue does not have: what to write instead, with its tags. */
import { expect, test } from 'vitest';
import { checkContainers } from '../../../runner/lint/manifests/check-containers.ts';

function hintsFor(image: string): readonly string[] {
  const place = { start: 0, end: 1 };
  const value = { spec: { containers: [{ name: 'web', image }] } };
  const manifest = { value, kind: 'v1/Pod', isUnit: false, place: () => place, where: () => '' };
  return [...checkContainers(manifest)].map(({ code, hint }) => `${code}: ${hint}`);
}

test.each([
  ['ghcr.io/finos/traderx/trade-service:v9', 'manifest:image: Its tags are v1, v2.'],
  [
    'traderx/trade-service:v1',
    'manifest:image: Did you mean `ghcr.io/finos/traderx/trade-service` (v1, v2)?',
  ],
  ['ngnix:1.29', 'manifest:image: Did you mean `docker.io/library/nginx` (1.27, '],
  ['traderx/nope:latest', 'manifest:image: Known are `ghcr.io/finos/traderx/reference-data` (v1, v2), '],
  ['traderx/nope', 'manifest:image: Known are `ghcr.io/finos/traderx/reference-data` (v1, v2), '],
  ['ghcr.io/finos/traderx/trade-service:latest', 'manifest:latest: Pin one of v1, v2.'],
  ['nginx', 'manifest:latest: Pin one of 1.27, 1.27-alpine, 1.28, 1.29.'],
  ['ghcr.io/confighubai/confighub-worker:latest', 'manifest:latest: Pin one.'],
])('%s', (image, hint) => expect(hintsFor(image)).toEqual([expect.stringContaining(hint)]));

test.each(['nginx:1.29', 'confighubplaceholder', 'ghcr.io/finos/traderx/trade-service:v2'])('%s', (image) =>
  expect(hintsFor(image)).toEqual([]),
);
