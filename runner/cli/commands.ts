/** The table of commands. Adding a command is a row here and a loader in `dispatch.ts`. */
import type { CommandSpec, OptionSpec } from './command.ts';
import { EXPORT_COMMAND, SITE_COMMAND } from './page-commands.ts';

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
  {
    name: 'shard',
    type: 'text',
    value: 'I/N',
    summary: 'only part I of N, for machines that share the work',
  },
  {
    name: 'times',
    type: 'text',
    value: 'FILE.json',
    completion: 'files',
    summary: 'a report: makes the shards equally long',
  },
];

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
      {
        name: 'jobs',
        short: 'j',
        type: 'count',
        value: 'N',
        fallback: '1',
        summary: 'how many chains run at once',
      },
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
      { command: 'mtx-doc run tutorial --shard 2/3', summary: 'in CI, on the second of three machines' },
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
        summary: 'start where this chapter ends, with its files and variables',
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
  EXPORT_COMMAND,
  SITE_COMMAND,
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
        'mutate',
        'sandbox',
        'export',
        'site',
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
