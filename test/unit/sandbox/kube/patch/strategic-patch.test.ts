/** Expected results: recorded from a real API server; every field here has no default, so nothing else moves. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { PatchError } from '../../../../../runner/sandbox/kube/patch/patch-error.ts';
import { applyStrategicPatch } from '../../../../../runner/sandbox/kube/patch/strategic-patch.ts';
import { readCases } from '../read-cases.ts';

interface Case {
  readonly target: JsonObject;
  readonly patch: JsonObject;
  readonly result?: JsonObject;
  /** The server's status, where it refused. */
  readonly refused?: { readonly code: number; readonly message: string };
}

const deployment = { group: 'apps', version: 'v1', kind: 'Deployment' };
const cases = readCases('strategic-patches') as readonly Case[];

/** Go omits empty maps and lists. */
const omitEmpty = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'object' && item !== null && Object.keys(item).length === 0 ? undefined : item,
    ),
  );

describe('applyStrategicPatch does what the real server does', () => {
  test.each(cases)('case %#', ({ target, patch, result, refused }) => {
    if (refused === undefined) {
      expect(omitEmpty(applyStrategicPatch(deployment, target, patch))).toEqual(omitEmpty(result));
    } else {
      const reason = refused.code === 400 ? 'malformed' : 'contradictory';
      const error = new PatchError(reason, refused.message);
      expect(() => applyStrategicPatch(deployment, target, patch)).toThrow(error);
    }
  });
});

describe('applyStrategicPatch', () => {
  test('an object laid over itself changes nothing', () => {
    for (const { target } of cases) expect(applyStrategicPatch(deployment, target, target)).toEqual(target);
  });

  test('refuses kinds without a type', () => {
    const kind = { group: 'example.org', version: 'v1', kind: 'Foo' };
    expect(() => applyStrategicPatch(kind, {}, {})).toThrow(PatchError);
  });

  test('puts a new port where the deleted one stood, as apimachinery does', () => {
    const target = { spec: { ports: [80, 81, 82].map((port) => ({ port })) } };
    const patch = {
      spec: {
        '$setElementOrder/ports': [{ port: 80 }, { port: 83 }],
        ports: [{ port: 83 }, { port: 81, $patch: 'delete' }],
      },
    };
    expect(applyStrategicPatch({ group: '', version: 'v1', kind: 'Service' }, target, patch)).toEqual({
      spec: { ports: [{ port: 80 }, { port: 82 }, { port: 83 }] },
    });
  });

  test('takes any patch without harm: an object or a PatchError, and the target unchanged', () => {
    const key = fc.constantFrom(
      'metadata',
      'spec',
      'labels',
      'finalizers',
      'template',
      'containers',
      'name',
      'env',
    );
    const directive = fc.constantFrom('$patch', '$retainKeys', '$setElementOrder/containers', '__proto__');
    const { patch } = fc.letrec((tie) => ({
      patch: fc.dictionary(fc.oneof(key, directive), tie('value'), { maxKeys: 4 }),
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, 'delete', 'replace', 1),
        fc.array(tie('patch'), { maxLength: 3 }),
        tie('patch'),
      ),
    }));
    const target = cases[0]?.target ?? {};
    const before = JSON.stringify(target);
    fc.assert(
      fc.property(patch, (hostile) => {
        try {
          expect(applyStrategicPatch(deployment, target, hostile as JsonObject)).toBeTypeOf('object');
        } catch (error) {
          expect(error).toBeInstanceOf(PatchError);
        }
        expect(JSON.stringify(target)).toBe(before);
      }),
    );
  });
});
