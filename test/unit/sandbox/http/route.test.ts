import { describe, expect, test } from 'vitest';
import { createRouter } from '../../../../runner/sandbox/http/route.ts';

const route = createRouter([
  { method: 'GET', path: '/space/:space', handler: 'get' },
  { method: 'DELETE', path: '/space/:space', handler: 'delete' },
  { method: 'POST', path: '/space/new', handler: 'new' },
  { method: 'GET', path: '/space/:space/unit/:unit', handler: 'unit' },
  { method: 'GET', path: '/space/:space/unit/all', handler: 'all' },
]);

describe('finds', () => {
  test.for<readonly [string, string, object]>([
    ['GET', '/space/a', { kind: 'found', handler: 'get', params: { space: 'a' } }],
    ['POST', '/space/new', { kind: 'found', handler: 'new', params: {} }],
    ['GET', '/space/new', { kind: 'found', handler: 'get', params: { space: 'new' } }],
    ['GET', '/space/a/unit/b', { kind: 'found', handler: 'unit', params: { space: 'a', unit: 'b' } }],
    ['GET', '/space/a/unit/all', { kind: 'found', handler: 'all', params: { space: 'a' } }],
    ['PUT', '/space/a', { kind: 'method', allowed: ['DELETE', 'GET'] }],
    ['PUT', '/space/new', { kind: 'method', allowed: ['DELETE', 'GET', 'POST'] }],
    ['GET', '/space/', { kind: 'none' }],
    ['GET', '/space/a/', { kind: 'none' }],
    ['GET', '/space', { kind: 'none' }],
    ['GET', '/space/a/b', { kind: 'none' }],
  ])('%s %s', ([method, path, expected]) => {
    expect(route(method, path)).toEqual(expected);
  });
});

test('two routes of the same method and path are a mistake', () => {
  const twice = { method: 'GET', path: '/a', handler: 1 };
  expect(() => createRouter([twice, twice])).toThrow('two routes for GET /a');
});
