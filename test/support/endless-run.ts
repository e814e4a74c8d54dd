/** A program that runs one chapter with one block, so that a test can kill it: FOLDER COMMANDS. */
import { execute } from '../../runner/execution/execute.ts';
import { systemClock } from '../../runner/execution/system-clock.ts';
import { schedule } from '../../runner/plan/schedule.ts';
import { buildChapter, run } from './build-chapter.ts';

const [folder = '', commands = ''] = process.argv.slice(2);
const chapter = buildChapter('a.md', [run(commands)]);
await execute(schedule([chapter], { requested: [chapter.id] }).plan, {
  emit: () => undefined,
  clock: systemClock,
  repository: folder,
  tempRoot: folder,
  environment: process.env,
  jobs: 1,
});
