/** The row of `lint` in the table of commands. */
import type { CommandSpec } from './command.ts';

export const LINT_COMMAND: CommandSpec = {
  name: 'lint',
  summary: 'find what is wrong without running anything',
  argument: {
    name: 'PATH',
    summary: 'chapters, shell scripts, folders, or quoted globs',
    count: 'any',
    completion: 'files',
  },
  options: [
    {
      name: 'contract',
      type: 'text',
      value: 'A,B',
      summary: 'versions to check against, such as cub-2025-08,kubectl-1.31',
    },
    {
      name: 'any-markdown',
      type: 'flag',
      summary: 'look at every shell fence of any Markdown; no roles wanted',
    },
    { name: 'fix', type: 'flag', summary: 'repair what can be repaired without a doubt' },
    { name: 'explain', type: 'flag', summary: 'explain the rules whose codes are given; none: list all' },
    {
      name: 'max-warnings',
      type: 'count',
      least: 0,
      value: 'N',
      summary: 'fail if there are more warnings than this',
    },
    { name: 'stdin', type: 'flag', summary: 'read the text from the standard input' },
    {
      name: 'stdin-filename',
      type: 'text',
      value: 'FILE',
      completion: 'files',
      summary: 'the name of that text, which says what it is',
    },
    {
      name: 'format',
      type: 'choice',
      choices: ['pretty', 'json', 'github', 'sarif'],
      fallback: 'pretty',
      summary: 'what is written to the standard output',
    },
    {
      name: 'color',
      type: 'choice',
      choices: ['auto', 'always', 'never'],
      fallback: 'auto',
      summary: 'colour the output; NO_COLOR and FORCE_COLOR count too',
    },
  ],
  examples: [
    { command: 'mtx-doc lint tutorial', summary: 'every chapter of a folder' },
    { command: 'mtx-doc lint --any-markdown README.md install.sh', summary: "somebody else's documentation" },
    { command: 'mtx-doc lint --explain where:grammar', summary: 'what a code means' },
    { command: 'mtx-doc lint tutorial --contract cub-2025-08,cub-2025-10', summary: 'against two versions' },
  ],
};
