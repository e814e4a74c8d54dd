/** Expected columns and cells: recorded from a real API server's tables of the same objects at the same time. */
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { renderTable } from '../../../../../runner/sandbox/kube/tables/render-table.ts';
import { readCases } from '../read-cases.ts';

interface Case {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly now: number;
  readonly columns: readonly object[];
  readonly objects: readonly KubeObject[];
  readonly rows: readonly object[];
}

/** Descriptions are in our own words, and short: kubectl never shows them. */
interface Definition {
  readonly name: string;
  readonly description: string;
}

describe('renderTable shows what the real server shows', () => {
  test.each(readCases('tables') as readonly Case[])(
    '$resource',
    ({ now, columns, objects, rows, ...resource }) => {
      const table = renderTable(resource, objects, { now, includeObject: 'None' });
      const definitions = JSON.parse(JSON.stringify(table['columnDefinitions'])) as readonly Definition[];
      expect(definitions.map(({ description: _text, ...definition }) => definition)).toEqual(columns);
      expect(table['rows']).toEqual(rows.map((row) => ({ ...row, object: null })));
    },
  );
});

describe('renderTable', () => {
  const pods = { group: '', version: 'v1', resource: 'pods' };
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x', labels: { a: 'b' } },
    spec: {},
  };

  test.each([
    ['None', null],
    ['Metadata', { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: pod.metadata }],
    ['Object', pod],
  ] as const)('carries %s of the object', (includeObject, object) => {
    expect(renderTable(pods, [pod], { now: 0, includeObject })['rows']).toMatchObject([{ object }]);
  });

  test('has a name and a date for resources without columns of their own', () => {
    const resource = { group: 'example.org', version: 'v1', resource: 'foos' };
    const metadata = { name: 'x', creationTimestamp: '2026-01-02T03:04:05Z' };
    const table = renderTable(resource, [{ ...pod, metadata }], { now: 0, includeObject: 'None' });
    expect(table['rows']).toEqual([{ cells: ['x', '2026-01-02T03:04:05Z'], object: null }]);
  });
});
