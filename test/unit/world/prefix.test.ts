/** A prefix owns what the lessons make under it and nothing that only looks like it. */
import { describe, expect, test } from 'vitest';
import { findPlaceholder, isNamespaceOf, isPrefix, isSpaceOf } from '../../../runner/world/cleanup/prefix.ts';

describe('spaces', () => {
  test.each([
    ['demo', 'demo-traderx'],
    ['demo', 'demo-traderx-prod'],
    ['demo', 'demo-traderx-us-east'],
    ['a-b', 'a-b-traderx-eu'],
    ['demo-traderx', 'demo-traderx-traderx'],
  ])('%s owns %s', (prefix, slug) => expect(isSpaceOf(prefix, slug)).toBe(true));

  test.each([
    ['demo', 'demo2-traderx'],
    ['demo', 'demonstration'],
    ['demo', 'demo'],
    ['demo', 'demo-other'],
    ['demo', 'demo-traderxyz'],
    ['demo', 'my-demo-traderx'],
    ['demo', 'demo-traderx-traderx'],
    ['demo', 'demo-x-traderx'],
    ['demo', 'demo-confighub'],
  ])('%s does not own %s', (prefix, slug) => expect(isSpaceOf(prefix, slug)).toBe(false));
});

describe('namespaces', () => {
  test.each([
    ['demo', 'demo-traderx-eu', true],
    ['demo', 'demo-confighub', true],
    ['demo', 'demo2-confighub', false],
    ['demo', 'demo-confighub-2', false],
    ['demo', 'confighub', false],
    ['demo', 'demo-traderx-confighub', false],
    ['demo-traderx', 'demo-traderx-confighub', true],
    ['demo', 'default', false],
  ])('%s and %s: %s', (prefix, name, owns) => expect(isNamespaceOf(prefix, name)).toBe(owns));
});

test.each([
  ['demo', true],
  ['a', true],
  ['a-b2', true],
  ['', false],
  ['Demo', false],
  ['demo-', false],
  ['-demo', false],
  ['7up', false],
  ['a_b', false],
  [`a${'b'.repeat(39)}`, true],
  [`a${'b'.repeat(40)}`, false],
  ["x' OR 'a' = 'a", false],
  ['*', false],
])('prefix `%s`: %s', (text, valid) => expect(isPrefix(text)).toBe(valid));

test.each([
  ['confighubplaceholder', 'confighubplaceholder'],
  ['my-confighubplaceholder-2', 'confighubplaceholder'],
  ['replaceme', 'replaceme'],
  ['confighub', undefined],
  ['placeholder', undefined],
  ['demo', undefined],
])('placeholder in `%s`: %s', (text, word) => expect(findPlaceholder(text)).toBe(word));
