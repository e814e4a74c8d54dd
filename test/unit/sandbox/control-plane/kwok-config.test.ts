import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { listSpellings } from '../../../../runner/sandbox/control-plane/image-table.ts';
import { renderKwokConfig } from '../../../../runner/sandbox/control-plane/kwok-config.ts';
import type { CatalogueImage } from '../../../../runner/sandbox/kube/catalogue/catalogue.ts';

const image = (repository: string, tags: CatalogueImage['tags']): CatalogueImage => ({
  repository,
  note: '',
  tags,
  pullMs: 0,
  user: 0,
  process: { kind: 'idle' },
});

describe('the spellings of an image', () => {
  test('leave out what a container runtime adds', () => {
    const tags = { '1.0': { bytes: 1 }, latest: { bytes: 1 } };
    expect(listSpellings(image('docker.io/library/web', tags)).toSorted()).toEqual([
      'docker.io/library/web',
      'docker.io/library/web:1.0',
      'docker.io/library/web:latest',
      'library/web',
      'library/web:1.0',
      'library/web:latest',
      'web',
      'web:1.0',
      'web:latest',
    ]);
  });

  test('keep the registry where it is not the default one, and know digests', () => {
    const tags = { v1: { bytes: 1, digest: 'sha256:ab' } };
    expect(listSpellings(image('ghcr.io/a/b', tags))).toEqual([
      'ghcr.io/a/b:v1',
      'ghcr.io/a/b@sha256:ab',
      'ghcr.io/a/b:v1@sha256:ab',
    ]);
  });
});

test('the configuration is a list of stages of pods, each with a condition', () => {
  const stages = parseAllDocuments(renderKwokConfig(0.1)).map((document) => document.toJS() as unknown);
  expect(stages.length).toBeGreaterThan(8);
  for (const stage of stages)
    expect(stage).toMatchObject({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'Stage',
      spec: {
        resourceRef: { apiGroup: 'v1', kind: 'Pod' },
        selector: { matchExpressions: [{ jq: { operator: 'In', values: ['true'] } }] },
      },
    });
});
