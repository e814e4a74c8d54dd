/** Ids come from the seed alone: for a name, from how often it was asked for. */
import { expect, test } from 'vitest';
import { seededIds } from '../../../../runner/sandbox/store/ids.ts';

test('what others drew in between does not change the ids for a name', () => {
  const [one, other] = [seededIds('seed'), seededIds('seed')];
  other.uuid();
  other.for('Pod default/api-').suffix(5);
  const draw = (): string[] => [one, other].map((ids) => ids.for('Pod default/web-').suffix(5));
  for (const _ of [1, 2, 3]) expect(new Set(draw()).size).toBe(1);
});

test('a thousand draws for a name, and for names that are alike, differ', () => {
  const ids = seededIds('seed');
  const again = Array.from({ length: 1000 }, () => ids.for('web-').uuid());
  const alike = Array.from({ length: 1000 }, (_, index) => ids.for(`web-${index}`).uuid());
  expect(new Set([...again, ...alike]).size).toBe(2000);
  const starts = new Set(again.map((uuid) => uuid.slice(0, 2)));
  expect(starts.size).toBeGreaterThan(200);
});
