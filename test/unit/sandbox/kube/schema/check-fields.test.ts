/** Expected answers: recorded from a real API server with `fieldValidation=Strict`, its fixed prefix cut off. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFields } from '../../../../../runner/sandbox/kube/schema/check-fields.ts';
import type { JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { readCases } from '../read-cases.ts';

interface Case {
  readonly group: string;
  readonly kind: string;
  readonly body: JsonObject;
  /** `ok`, or the message. */
  readonly answer: string;
}

const deployment = { group: 'apps', version: 'v1', kind: 'Deployment' };

describe('checkFields says what the real server says', () => {
  test.each(readCases('strict-decoding') as readonly Case[])('$answer', ({ group, kind, body, answer }) => {
    const { error, unknown } = checkFields({ group, version: 'v1', kind }, body);
    const strict = unknown.length > 0 ? `strict decoding error: ${unknown.join(', ')}` : 'ok';
    expect(error ?? strict).toBe(answer);
  });
});

describe('checkFields', () => {
  test('drops unknown fields and nulls, and keeps the rest', () => {
    const body = {
      metadata: { name: 'x', labels: { a: 'b' } },
      spec: { replicas: null, replicaz: 3, paused: false },
    };
    expect(checkFields(deployment, body).object).toEqual({
      metadata: { name: 'x', labels: { a: 'b' } },
      spec: { paused: false },
    });
  });

  test('reads null in a list or a map as the zero value', () => {
    const body = { data: { a: null } };
    expect(checkFields({ group: '', version: 'v1', kind: 'ConfigMap' }, body).object).toEqual({
      data: { a: '' },
    });
  });

  test('knows options in every group', () => {
    const options = checkFields({ ...deployment, kind: 'DeleteOptions' }, { gracePeriodSecondz: 1 });
    expect(options.unknown).toEqual(['unknown field "gracePeriodSecondz"']);
  });

  test('passes kinds that it does not know', () => {
    const body = { spec: { anything: [1] } };
    expect(checkFields({ group: 'example.org', version: 'v1', kind: 'Foo' }, body)).toEqual({
      object: body,
      unknown: [],
    });
  });

  test('takes any JSON object without throwing or changing it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('spec', 'metadata', '__proto__', 'constructor'), fc.jsonValue()),
        (body) => {
          const before = JSON.stringify(body);
          checkFields(deployment, body);
          expect(JSON.stringify(body)).toBe(before);
        },
      ),
    );
  });
});
