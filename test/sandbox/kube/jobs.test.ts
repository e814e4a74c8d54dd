/** Jobs and CronJobs over a clock that the test moves. Expected: conditions, events and counts of a real controller. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { conditionOf, name, openWorld, pods, type World } from '../../helper/controllers.ts';

const jobs = name('batch', 'jobs');
const cronJobs = name('batch', 'cronjobs');

const runs = (script: string, more: JsonObject = {}): JsonObject => ({
  template: {
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', script] }],
    },
  },
  ...more,
});

const status = (world: World, job: string): JsonObject =>
  world.cluster.get(jobs, 'default', job)?.status ?? {};

const isOver = (world: World, job: string, type: string) => (): boolean =>
  conditionOf(world.cluster.get(jobs, 'default', job), type)?.['status'] === 'True';

test('a job completes and its pods are counted', () => {
  const world = openWorld();
  world.make(jobs, { metadata: { name: 'pi' }, spec: runs('echo 3', { completions: 3, parallelism: 2 }) });
  expect(world.clock.until(isOver(world, 'pi', 'Complete'), 60_000)).toBe(true);
  expect(status(world, 'pi')).toMatchObject({
    succeeded: 3,
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
    conditions: [
      { type: 'SuccessCriteriaMet', reason: 'CompletionsReached' },
      { type: 'Complete', message: 'Reached expected number of succeeded pods' },
    ],
  });
  expect(world.events('Job/pi').at(-1)).toBe('Completed: Job completed');
  expect(world.cluster.list(pods).every(({ metadata }) => metadata.finalizers === undefined)).toBe(true);
});

test('failures are retried later and later, up to the limit', () => {
  const world = openWorld();
  world.make(jobs, { metadata: { name: 'bad' }, spec: runs('exit 1', { backoffLimit: 2 }) });
  expect(world.clock.until(() => status(world, 'bad')['failed'] === 2, 30_000)).toBe(true);
  expect(world.clock.until(isOver(world, 'bad', 'Failed'), 10_000)).toBe(false);
  expect(world.clock.until(isOver(world, 'bad', 'Failed'), 60_000)).toBe(true);
  expect(status(world, 'bad')).toMatchObject({ failed: 3 });
  expect(world.events('Job/bad').at(-1)).toBe(
    'BackoffLimitExceeded: Job has reached the specified backoff limit',
  );
});

test('an indexed job has one pod for each index', () => {
  const world = openWorld();
  const spec = runs('echo x', { completions: 3, parallelism: 2, completionMode: 'Indexed' });
  world.make(jobs, { metadata: { name: 'idx' }, spec });
  expect(world.clock.until(isOver(world, 'idx', 'Complete'), 60_000)).toBe(true);
  expect(status(world, 'idx')).toMatchObject({ succeeded: 3, completedIndexes: '0-2' });
  const hosts = world.cluster.list(pods).map(({ spec: of }) => JSON.stringify(of?.['hostname']));
  expect(hosts.toSorted()).toEqual(['"idx-0"', '"idx-1"', '"idx-2"']);
});

test('a job that runs too long is ended, a suspended one waits, a finished one goes when its time is over', () => {
  const world = openWorld();
  world.make(jobs, { metadata: { name: 'slow' }, spec: runs('sleep 600', { activeDeadlineSeconds: 20 }) });
  world.make(jobs, { metadata: { name: 'later' }, spec: runs('echo x', { suspend: true }) });
  world.make(jobs, { metadata: { name: 'brief' }, spec: runs('echo x', { ttlSecondsAfterFinished: 5 }) });
  expect(world.clock.until(isOver(world, 'slow', 'Failed'), 90_000)).toBe(true);
  expect(world.events('Job/slow').at(-1)).toBe(
    'DeadlineExceeded: Job was active longer than specified deadline',
  );
  expect(world.events('Job/later')).toEqual(['Suspended: Job suspended']);
  expect(world.cluster.get(jobs, 'default', 'brief')).toBeUndefined();
});

test('a cron job starts jobs on time and keeps the youngest', () => {
  const world = openWorld();
  const jobTemplate = { spec: runs('echo tick') };
  const spec = { schedule: '* * * * *', jobTemplate, successfulJobsHistoryLimit: 2 };
  world.make(cronJobs, { metadata: { name: 'tick' }, spec });
  world.clock.advance(5 * 60_000 - 1000);
  const made = world.cluster.list(jobs).map(({ metadata }) => metadata.name);
  expect(made).toHaveLength(2);
  expect(made[0]).toMatch(/^tick-\d+$/);
  expect(world.events('CronJob/tick').slice(0, 2)).toEqual([
    expect.stringMatching(/^SuccessfulCreate: Created job tick-\d+$/),
    expect.stringMatching(/^SawCompletedJob: Saw completed job: tick-\d+, condition: Complete$/),
  ]);
});
