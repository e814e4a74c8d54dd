/** What counts as a secret, and which folders of PATH are let in. */
import { expect, test } from 'vitest';
import { findSeal } from '../../../runner/chapter/sealed-variables.ts';
import {
  findSecrets,
  fixedVariables,
  markerVariable,
  sealEnvironment,
} from '../../../runner/execution/environment.ts';

const folders = {
  root: '/r',
  work: '/r/work',
  home: '/r/home',
  temp: '/r/temp',
  world: '/r/world',
  blocks: '/r/blocks',
};

test('secrets are found by their names and by declaration', () => {
  const environment = {
    API_TOKEN: 'a',
    CLIENT_SECRET_2: 'b',
    client_secret: 'x',
    DB_PASSWORD: 'c',
    SSH_KEY: 'd',
    KEYBOARD: 'e',
    PLAIN: 'f',
    OTHER: 'g',
    X_TOKEN: '',
  };
  expect(findSecrets(environment, ['PLAIN', 'MISSING'])).toEqual(['a', 'b', 'c', 'd', 'f']);
});

test.each([
  ['/home/x/bin:/usr/bin:/bin', '/usr/bin:/bin'],
  ['/usr/local/sbin:/opt/homebrew/bin:/usr/libexec/x:.', '/usr/local/sbin:/opt/homebrew/bin'],
  ['', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  [undefined, '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
])('PATH %j lets %j in', (path, sealed) => {
  const given = { world: {}, path: ['/shims'], chapter: {} };
  expect(sealEnvironment({ PATH: path }, folders, given)['PATH']).toBe(`/shims:${sealed}`);
});

test('what the run sets for folders and world, front matter may not', () => {
  const world = { KUBECONFIG: '', CONFIGHUB_URL: '' };
  const sealed = sealEnvironment({}, folders, { world, path: [], chapter: {} });
  const open = Object.keys(sealed).filter((name) => findSeal(name) === undefined);
  expect(open.toSorted()).toEqual(Object.keys(fixedVariables).toSorted());
  expect(findSeal(markerVariable)).toBeDefined();
});

test('front matter wins over the world, the world over the machine', () => {
  const base = { MTX_PREFIX: 'machine', USER: 'machine', HOME: 'machine' };
  const sealed = sealEnvironment(base, folders, {
    world: { USER: 'world', A: 'world' },
    path: [],
    chapter: { A: 'page' },
  });
  expect([sealed['MTX_PREFIX'], sealed['USER'], sealed['A'], sealed['HOME']]).toEqual([
    'machine',
    'world',
    'page',
    '/r/home',
  ]);
});
