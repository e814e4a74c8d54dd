/** What holds for any data and any argument: comments survive, nothing that is no change touches a byte, nothing crashes. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseYaml } from '../../../../../runner/sandbox/hub/config-data.ts';
import { HubError } from '../../../../../runner/sandbox/hub/errors.ts';
import { invokeFunctions } from '../../../../../runner/sandbox/hub/functions/engine.ts';
import type { FunctionResult } from '../../../../../runner/sandbox/hub/functions/functions.ts';
import { SIGNATURES } from '../../../../../runner/sandbox/hub/functions/signature.ts';

const CONTEXT = {
  unitId: 'u',
  unitSlug: 'u',
  spaceId: 's',
  spaceSlug: 's',
  contentHash: 0,
  approvedBy: [],
};

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const deployment = fc
  .record({
    name: word,
    replicas: fc.nat(9),
    quote: fc.constantFrom('', '"', "'"),
    container: word,
    tag: fc.stringMatching(/^[a-z0-9]{1,8}$/),
    comment: fc.stringMatching(/^[ a-z0-9:#]{0,20}$/),
    mode: fc.constantFrom('0644', '420', '0x1a', '1e3', '12345678901234567890', '1.10'),
  })
  .map(
    ({ name, replicas, quote, container, tag, comment, mode }) => `# ${comment}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${quote}n-${name}${quote} # ${comment}
  # above ${comment}
  namespace: ns
spec:
  replicas: ${replicas} # count ${comment}
  mode: ${mode}
  template:
    spec:
      containers:
      # first
      - name: c-${container}
        image: ${quote}reg.io/${name}:${tag}${quote} # image ${comment}
        env: []
`,
  );

describe('functions', () => {
  test('leave every byte of data in which no value changes', () => {
    fc.assert(
      fc.property(deployment, fc.nat(9), (text, count) => {
        const data = normaliseYaml(text);
        const replicas = /replicas: (\d)/.exec(data)?.[1] ?? '';
        for (const call of [
          ['set-replicas', replicas],
          ['set-namespace', 'ns'],
          ['set-image', 'other', `x:${count}`],
          ['set-int-path', 'v1/Service', 'spec.x', String(count)],
          ['get-image', '*'],
        ])
          expect(invoke(data, call)).toMatchObject({ data, mutators: [], success: true });
      }),
    );
  });

  test('change one line, and keep comments, quotes and notations', () => {
    fc.assert(
      fc.property(deployment, fc.integer({ min: 10, max: 99 }), (text, count) => {
        const data = normaliseYaml(text);
        const result = invoke(data, ['set-replicas', String(count)]);
        expect(result.data).toBe(data.replace(/replicas: \d/, `replicas: ${count}`));
        expect(invoke(result.data, ['set-replicas', String(count)]).data).toBe(result.data);
      }),
    );
  });

  test('fail by message or by refusal, whatever the arguments', () => {
    const argument = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const name = fc.constantFrom(...Object.keys(SIGNATURES), 'nope');
    fc.assert(
      fc.property(deployment, name, fc.array(argument, { maxLength: 6 }), (text, called, given) => {
        try {
          const result = invoke(normaliseYaml(text), [called, ...given]);
          expect(result.success).toBe(
            result.messages.every((message) => message.startsWith('function failed')),
          );
        } catch (error) {
          expect(error).toBeInstanceOf(HubError);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function invoke(data: string, [name, ...given]: readonly unknown[]): FunctionResult {
  return invokeFunctions({
    context: CONTEXT,
    data,
    liveState: '',
    castStrings: true,
    invocations: [{ FunctionName: String(name), Arguments: given.map((Value) => ({ Value })) }],
  });
}
