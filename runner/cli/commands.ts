/** The table of commands. Adding a command is a row here and a loader in `dispatch.ts`. */
import type { CommandSpec, OptionSpec } from './command.ts';

/** Every command has it. */
export const HELP_OPTION: OptionSpec = { name: 'help', short: 'h', type: 'flag', summary: 'show this help' };

const PATHS = {
  name: 'PATH',
  summary: 'chapters: Markdown files, folders, or quoted globs',
  count: 'many',
  completion: 'files',
} as const;

const WORLD_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'cluster',
    type: 'text',
    value: 'CLUSTER',
    fallback: 'emulator',
    completion: ['emulator', 'control-plane'],
    summary: 'emulator, control-plane or context:NAME',
  },
  {
    name: 'hub',
    type: 'text',
    value: 'HUB',
    fallback: 'embedded',
    completion: ['embedded'],
    summary: 'embedded, or the URL of a ConfigHub',
  },
];

const TOOL_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'cub',
    type: 'text',
    value: 'PATH',
    completion: 'files',
    summary: 'the cub to use, not the embedded one',
  },
  { name: 'kubectl', type: 'text', value: 'PATH', completion: 'files', summary: 'the kubectl to use' },
];

const SELECTION_OPTIONS: readonly OptionSpec[] = [
  { name: 'only', type: 'text', value: 'ID', summary: 'only this block, and what its chapter sets up' },
  { name: 'until', type: 'text', value: 'ID', summary: 'up to and with this block' },
  { name: 'no-needs', type: 'flag', summary: 'without the chapters that the given ones need' },
  { name: 'timeout', type: 'duration', value: 'TIME', summary: 'time-out of every block, such as 30s' },
];

const JOBS_OPTION: OptionSpec = {
  name: 'jobs',
  short: 'j',
  type: 'count',
  value: 'N',
  fallback: '1',
  summary: 'how many chains run at once',
};

const COLOR_OPTION: OptionSpec = {
  name: 'color',
  type: 'choice',
  choices: ['auto', 'always', 'never'],
  fallback: 'auto',
  summary: 'colour the output; NO_COLOR and FORCE_COLOR count too',
};

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'run',
    summary: 'execute chapters and check them',
    argument: PATHS,
    options: [
      ...WORLD_OPTIONS,
      ...TOOL_OPTIONS,
      ...SELECTION_OPTIONS,
      JOBS_OPTION,
      { name: 'bail', type: 'flag', summary: 'stop after the first failure' },
      { name: 'keep', type: 'flag', summary: 'leave the work folders in place' },
      {
        name: 'report',
        type: 'text',
        value: 'FILE.json',
        completion: 'files',
        summary: 'write the report there',
      },
      {
        name: 'junit',
        type: 'text',
        value: 'FILE.xml',
        completion: 'files',
        summary: 'write JUnit XML there',
      },
      {
        name: 'format',
        type: 'choice',
        choices: ['pretty', 'github', 'json', 'tap'],
        fallback: 'pretty',
        summary: 'what is written to the standard output',
      },
      { name: 'quiet', short: 'q', type: 'flag', summary: 'failures and the closing line only' },
      { name: 'verbose', short: 'v', type: 'flag', summary: 'every block with its command and output' },
      COLOR_OPTION,
    ],
    examples: [
      { command: 'mtx-doc run tutorial', summary: 'every chapter of a folder' },
      { command: 'mtx-doc run tutorial/01-hello.md --until deploy', summary: 'a chapter up to a block' },
      { command: "mtx-doc run 'tutorial/0*.md' --jobs 4 --bail", summary: 'a glob, four at a time' },
      { command: 'mtx-doc run tutorial --format github --junit junit.xml', summary: 'in CI' },
    ],
  },
  {
    name: 'plan',
    summary: 'what would run, in which order, in which world',
    argument: PATHS,
    options: [
      ...WORLD_OPTIONS,
      ...SELECTION_OPTIONS,
      {
        name: 'format',
        type: 'choice',
        choices: ['table', 'json'],
        fallback: 'table',
        summary: 'a table for people or JSON for programs',
      },
      COLOR_OPTION,
    ],
    examples: [{ command: 'mtx-doc plan tutorial', summary: 'the chains of a folder' }],
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
    options: [...WORLD_OPTIONS, ...TOOL_OPTIONS, ...SELECTION_OPTIONS, COLOR_OPTION],
    examples: [
      {
        command: 'mtx-doc watch tutorial/02-environments.md',
        summary: 'keys: r re-run all, u promote, q quit',
      },
      { command: 'mtx-doc watch tutorial --no-needs', summary: 'a folder, without what its chapters need' },
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
  {
    name: 'sandbox',
    summary: 'open the embedded world and a shell in it',
    options: [
      {
        name: 'state',
        type: 'text',
        value: 'DIR',
        completion: 'files',
        summary: 'keep hub, cluster and files there, to go on another day',
      },
      {
        name: 'at',
        type: 'text',
        value: 'CHAPTER',
        completion: 'files',
        summary: 'start where this chapter ends',
      },
      {
        name: 'shell',
        type: 'text',
        value: 'PATH',
        fallback: 'bash',
        completion: 'files',
        summary: 'the shell to start',
      },
      ...TOOL_OPTIONS,
    ],
    examples: [
      { command: 'mtx-doc sandbox', summary: 'a hub, a cluster and a shell; gone when you leave' },
      { command: 'mtx-doc sandbox --state ~/mtx', summary: 'the same, and all is there the next time' },
      { command: 'mtx-doc sandbox --at tutorial/02-environments.md', summary: 'as that chapter leaves it' },
      { command: 'mtx-doc sandbox < script.sh', summary: 'run a script in it; its status is the exit code' },
    ],
  },
  {
    name: 'help',
    summary: 'help for a command, or the chapter format',
    argument: {
      name: 'TOPIC',
      summary: 'a command, or `format`',
      count: 'optional',
      completion: [
        'run',
        'plan',
        'update',
        'watch',
        'report',
        'sandbox',
        'help',
        'version',
        'completion',
        'format',
      ],
    },
    options: [],
    examples: [
      { command: 'mtx-doc help run', summary: 'the options of run' },
      { command: 'mtx-doc help format', summary: 'how a chapter is written' },
    ],
  },
  {
    name: 'version',
    summary: 'print the version',
    options: [],
    examples: [{ command: 'mtx-doc version', summary: 'the same as mtx-doc --version' }],
  },
  {
    name: 'completion',
    summary: 'print a completion script for a shell',
    argument: {
      name: 'SHELL',
      summary: 'bash, zsh or fish',
      count: 'one',
      completion: ['bash', 'zsh', 'fish'],
    },
    options: [],
    examples: [
      { command: 'source <(mtx-doc completion bash)', summary: 'in ~/.bashrc' },
      { command: 'source <(mtx-doc completion zsh)', summary: 'in ~/.zshrc, after compinit' },
      { command: 'mtx-doc completion fish | source', summary: 'in config.fish' },
    ],
  },
];
