/** The rules of waiting, without waiting. */
import { expect, test } from 'vitest';
import type { Attempt } from '../../../runner/execution/attempt.ts';
import { findPolling, isHopeless, nextDelay } from '../../../runner/execution/poll.ts';
import type { ExpectBlock } from '../../../runner/chapter/chapter.ts';
import { buildChapter, run, type Expected } from '../../support/build-chapter.ts';

function expectations(...expected: readonly Expected[]): readonly ExpectBlock[] {
  const [block] = buildChapter('a.md', [run('x', expected)]).blocks;
  return block?.kind === 'run' ? block.expectations : [];
}

test('waits double from 200 ms to 5 s, or are what the page says', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((tries) => nextDelay({ withinMs: 1 }, tries))).toEqual([
    200, 400, 800, 1600, 3200, 5000, 5000,
  ]);
  expect(nextDelay({ withinMs: 1, everyMs: 30 }, 9)).toBe(30);
});

test('the widest time and the shortest interval of a run count', () => {
  expect(findPolling(expectations({}, {}))).toBeUndefined();
  expect(findPolling(expectations({ withinMs: 5, everyMs: 9 }, { withinMs: 7 }, { everyMs: 2 }))).toEqual({
    withinMs: 7,
    everyMs: 2,
  });
});

test.each([
  [1, 'Error: unknown flag: --x', true],
  [1, "error: unknown shorthand flag: 'x' in -x", true],
  [1, 'error: unknown command "gett" for "kubectl"', true],
  [1, 'Error from server (Forbidden): pods is forbidden: User "x" cannot list', true],
  [1, 'error: You must be logged in to the server (Unauthorized)', true],
  [2, 'usage: x', true],
  [2, 'ls: cannot access x: No such file or directory', false],
  [1, 'Error from server (NotFound): pods "x" not found', false],
  [1, 'The connection to the server 127.0.0.1:1 was refused', false],
  [1, '', false],
  [0, 'unknown flag', false],
  [1, 'Error from server (NotFound): deployments.apps "forbidden-demo" not found', false],
  [1, 'Error from server (NotFound): deployments.apps "Forbidden" not found', false],
  [1, 'error: the server doesn\'t have a resource type "foos"', false],
  [1, 'Failed: space nope not found', false],
  [1, 'Failed: Get "http://127.0.0.1:1/api": dial tcp 127.0.0.1:1: connect: connection refused', false],
  [1, 'Failed: accepts 1 arg(s), received 0', true],
  [1, 'Failed: space is required. Set with --space option or set in context', true],
  [1, 'You must specify the type of resource to get.\n\nerror: Required resource not specified.', true],
  [1, 'error: unable to match a printer suitable for the output format "foo"', true],
  [1, 'error: unrecognized condition: ""', true],
  [1, 'error: name cannot be provided when a selector is specified', true],
  [1, 'Error from server (BadRequest): Unable to find "/v1, Resource=pods"', true],
  [
    1,
    'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
    true,
  ],
  [
    1,
    'error: there is no need to specify a resource type as a separate argument when passing arguments',
    true,
  ],
  [1, 'error: arguments in resource/name form must have a single resource and name', true],
  [1, 'error: error parsing jsonpath {.a[, unterminated array', true],
  [1, 'error: error executing jsonpath "{.items[0]}": array index out of bounds: index 0, length 0', false],
  [1, 'error: unexpected custom-columns spec: A, expected <header>:<json-path-expr>', true],
  [1, 'error: a resource cannot be retrieved by name across all namespaces', true],
  [
    1,
    "error: expected 'logs [-f] [-p]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    true,
  ],
  [1, 'Failed: HTTP 400 for req req-1: invalid operator at `LIKEY 3`', true],
  [1, 'Failed: HTTP 400 for req req-1: unrecognized attribute name `Nope`', true],
  [1, 'Failed: HTTP 400 for req req-1: the worker is not ready', false],
  [1, 'Failed: HTTP 403 for req req-1: no', true],
  [
    1,
    'Error from server (BadRequest): container "web" in pod "x" is waiting to start: ContainerCreating',
    false,
  ],
  [1, 'Error from server (BadRequest): previous terminated container "web" in pod "x" not found', false],
  [
    1,
    'Error from server (Forbidden): pods "x" is forbidden: error looking up service account a/b: serviceaccount "b" not found',
    false,
  ],
  [1, 'Error from server (Forbidden): pods "x" is forbidden: exceeded quota: q, requested: pods=1', false],
  [1, 'HTTP/1.1 403 Forbidden', false],
  [1, 'error: context deadline exceeded', false],
  [1, 'Error from server (Timeout): the server was unable to return a response in the time allotted', false],
  [1, 'Error from server (TooManyRequests): the server has received too many requests', false],
  [1, 'Error from server (ServiceUnavailable): the server is currently unable to handle the request', false],
  [127, 'main: line 1: nosuchcommand: command not found', true],
])('status %i, %j: hopeless %s', (status, stderr, hopeless) => {
  const attempt: Attempt = {
    end: { kind: 'finished', status, failed: false },
    output: { stdout: '', stderr, omittedBytes: 0 },
    status,
    path: '',
    spooled: { stdout: { file: '', from: 0 }, stderr: { file: '', from: 0 }, merged: false },
  };
  expect(isHopeless(attempt, expectations({}))).toBe(hopeless);
  // What the page expects of the status mends no error; but then status 2 alone is none.
  expect(isHopeless(attempt, expectations({ exit: status }))).toBe(hopeless && status !== 2);
});
