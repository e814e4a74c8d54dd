/** The rows of the commands for authors: what proves, promotes, repeats and compares runs. */
import type { CommandSpec } from './command.ts';
import {
  COLOR_OPTION,
  JOBS_OPTION,
  PATHS,
  REPORT_OPTION,
  SELECTION_OPTIONS,
  TOOL_OPTIONS,
  WORLD_OPTIONS,
} from './shared-options.ts';

export const AUTHOR_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'mutate',
    summary: 'prove that each expectation can fail',
    argument: PATHS,
    options: [
      ...WORLD_OPTIONS,
      ...TOOL_OPTIONS,
      { name: 'only', type: 'text', value: 'ID', summary: 'judge the expectations of this run only' },
      {
        name: 'allow',
        type: 'text',
        value: 'FILE',
        completion: 'files',
        summary: 'survivors that are right: a YAML list of chapter, block, mutation, reason',
      },
      { name: 'no-needs', type: 'flag', summary: 'without the chapters that the given ones need' },
      { name: 'timeout', type: 'duration', value: 'TIME', summary: 'time-out of every block, such as 30s' },
      {
        name: 'jobs',
        short: 'j',
        type: 'count',
        value: 'N',
        fallback: '1',
        summary: 'how many chains run at once',
      },
      {
        name: 'format',
        type: 'choice',
        choices: ['pretty', 'json'],
        fallback: 'pretty',
        summary: 'a list for people or JSON for programs',
      },
      { name: 'quiet', short: 'q', type: 'flag', summary: 'no progress, only what survived' },
      COLOR_OPTION,
    ],
    examples: [
      {
        command: 'mtx-doc mutate tutorial',
        summary: 'run once, then judge thousands of wrong outputs and pages',
      },
      { command: 'mtx-doc mutate tutorial/01-hello.md --only pods', summary: 'one block of a chapter' },
      { command: 'mtx-doc mutate tutorial --allow survivors.yaml', summary: 'in CI, with a list of reasons' },
    ],
  },
  {
    name: 'update',
    summary: 'promote real output into the chapters',
    argument: PATHS,
    options: [
      {
        name: 'dry-run',
        short: 'n',
        type: 'flag',
        summary: 'show the changes and make none; 1 if there are any',
      },
      { name: 'review', short: 'i', type: 'flag', summary: 'ask for each change: accept, skip or quit' },
      {
        name: 'from',
        type: 'text',
        value: 'REPORT.json',
        completion: 'files',
        summary: 'take the output from the report of a run',
      },
      ...WORLD_OPTIONS,
      ...TOOL_OPTIONS,
      ...SELECTION_OPTIONS,
      JOBS_OPTION,
      COLOR_OPTION,
    ],
    examples: [
      { command: 'mtx-doc update tutorial', summary: 'run a folder and correct what differs' },
      { command: 'mtx-doc update tutorial/01-hello.md --review', summary: 'decide on each change' },
      { command: 'mtx-doc update tutorial --dry-run', summary: 'what would change; allowed in CI' },
      { command: 'mtx-doc update tutorial --from report.json', summary: 'without running again' },
    ],
  },
  {
    name: 'watch',
    summary: 're-run what an edit changes, from the first changed block on',
    argument: PATHS,
    options: [...WORLD_OPTIONS, ...TOOL_OPTIONS, ...SELECTION_OPTIONS, REPORT_OPTION, COLOR_OPTION],
    examples: [
      {
        command: 'mtx-doc watch tutorial/02-environments.md',
        summary: 'keys: r re-run all, u promote, q quit',
      },
      { command: 'mtx-doc watch tutorial --no-needs', summary: 'a folder, without what its chapters need' },
      {
        command: 'mtx-doc watch tutorial --report w.json',
        summary: '`site dev --report w.json` shows what fails, as it fails',
      },
    ],
  },
  {
    name: 'report',
    summary: 'show the report of an earlier run, or what changed between two',
    argument: {
      name: 'REPORT.json',
      summary: 'what mtx-doc run --report wrote',
      count: 'many',
      completion: 'files',
    },
    options: [
      { name: 'diff', type: 'flag', summary: 'compare two reports; 1 if there are new failures' },
      {
        name: 'factor',
        type: 'text',
        value: 'N',
        fallback: '1.5',
        summary: 'a block is slower if it took this many times as long',
      },
      {
        name: 'threshold',
        type: 'duration',
        value: 'TIME',
        fallback: '1s',
        summary: 'and this much longer',
      },
      {
        name: 'format',
        type: 'choice',
        choices: ['pretty', 'json'],
        fallback: 'pretty',
        summary: 'for people or for programs',
      },
      COLOR_OPTION,
    ],
    examples: [
      { command: 'mtx-doc report --diff main.json branch.json', summary: 'what a branch breaks' },
      { command: 'mtx-doc report report.json', summary: 'the end of a run, again' },
    ],
  },
];
