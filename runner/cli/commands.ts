/** The table of commands. Adding a command is a row here and a loader in `dispatch.ts`. */
import { AUTHOR_COMMANDS } from './author-commands.ts';
import type { CommandSpec, OptionSpec } from './command.ts';
import { EXPORT_COMMAND, INIT_COMMAND, SITE_COMMAND } from './page-commands.ts';
import { PLACE_COMMANDS } from './place-commands.ts';
import {
  COLOR_OPTION,
  JOBS_OPTION,
  REPORT_OPTION,
  PATHS,
  SELECTION_OPTIONS,
  TOOL_OPTIONS,
  WORLD_OPTIONS,
} from './shared-options.ts';
import { LINT_COMMAND } from './lint-command.ts';

/** Every command has it. */
export const HELP_OPTION: OptionSpec = { name: 'help', short: 'h', type: 'flag', summary: 'show this help' };

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
      REPORT_OPTION,
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
      { command: 'mtx-doc run tutorial --cluster control-plane', summary: 'against a real API server' },
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
  LINT_COMMAND,
  ...AUTHOR_COMMANDS,
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
  ...PLACE_COMMANDS,
  EXPORT_COMMAND,
  SITE_COMMAND,
  INIT_COMMAND,
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
        'lint',
        'mutate',
        'sandbox',
        'preflight',
        'cleanup',
        'export',
        'site',
        'init',
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
