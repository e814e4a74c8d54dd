/** The limit by which a process is recognised: whatever matches too much would end somebody else's process. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createMarker, findFreeLimit, hasLoweredLimit, testFor } from '../../../runner/execution/marker.ts';

const row = (name: string, soft: number | string, hard: number | string): string =>
  `${name.padEnd(25)} ${String(soft).padEnd(20)} ${String(hard).padEnd(20)} locks     \n`;
const locks = 'Max file locks';
const resident = 'Max resident set';
const marker = '123456789012345';

test.each([
  [row(locks, marker, marker), true],
  [row(locks, 7, marker), true],
  [row(resident, '126419751948641280', '126419751948641280'), true],
  [row(resident, 'unlimited', 'unlimited') + row(locks, marker, marker), true],
  [row(locks, marker, 'unlimited'), false],
  [row(locks, 'unlimited', 'unlimited'), false],
  [row(locks, 1, `${marker}6`), false],
  [row(locks, 1, `9${marker}`), false],
  [row(locks, 1, '12345678901234'), false],
  [row(resident, marker, marker), false],
  [row('Max file size', marker, marker), false],
  ['', false],
])('limits %j: %s', (limits, expected) => {
  expect(testFor(marker).isLimit(limits)).toBe(expected);
});

test.each([
  [row(resident, 'unlimited', 'unlimited') + row(locks, 1, '123456789012346'), true],
  [row(resident, 1, '126419751948642304') + row(locks, 1, 1), true],
  [row(resident, 'unlimited', 'unlimited') + row(locks, marker, marker), false],
  // A session inside another one: the outer one's number, then ours.
  [row(resident, 1, '126419751948641280') + row(locks, 1, '123456789012346'), false],
  [row(resident, 'unlimited', 'unlimited') + row(locks, 'unlimited', 'unlimited'), false],
  [row(resident, 1, 1) + row(locks, 1, 1), false],
  ['', false],
])('limits %j are another session’s: %s', (limits, expected) => {
  expect(testFor(marker).isOther(limits)).toBe(expected);
});

test.each([
  [row(locks, 1, 1), '-x', true],
  [row(locks, 'unlimited', '12345678901234'), '-x', true],
  [row(locks, 1, marker), '-x', false],
  [row(locks, 1, 'unlimited'), '-x', false],
  [row(locks, 1, 1) + row(resident, 'unlimited', 'unlimited'), '-m', false],
  [row(resident, 1024, 1024), '-m', true],
  [row(resident, 1024, '126419751948641280'), '-m', false],
  ['', '-x', false],
] as const)('in %j the limit %s is lowered: %s', (limits, limit, expected) => {
  expect(hasLoweredLimit(limits, limit)).toBe(expected);
});

test.each([
  [`A=1\0MTX_DOC_CHAIN=${marker}\0B=2\0`, true],
  [`MTX_DOC_CHAIN=${marker}6\0`, false],
  [`XMTX_DOC_CHAIN=${marker}\0`, undefined],
  ['', undefined],
])('environment %j: %s', (environ, expected) => {
  expect(testFor(marker).isVariable(environ)).toBe(expected);
});

test.each([
  [row(resident, 'unlimited', 'unlimited') + row(locks, 'unlimited', 'unlimited'), '-x'],
  [row(resident, 'unlimited', 'unlimited') + row(locks, marker, marker), '-m'],
  [row(resident, 'unlimited', 'unlimited') + row(locks, 5, 'unlimited'), '-m'],
  [row(resident, 1, 1) + row(locks, 1, 1), undefined],
])('the limit that is free in %j is %s', (limits, expected) => {
  expect(findFreeLimit(limits)).toBe(expected);
});

test('this system writes limits as these tests do, and markers are equally long', () => {
  expect(readFileSync('/proc/self/limits', 'latin1')).toMatch(/^Max file locks {12}\w+ +\w+ +locks {5}$/m);
  for (let times = 0; times < 100; times += 1) expect(createMarker()).toMatch(/^[1-9]\d{14}$/);
});
