/** The rows of the commands that make something of a page without running it, or a first page. */
import type { CommandSpec } from './command.ts';

export const EXPORT_COMMAND: CommandSpec = {
  name: 'export',
  summary: 'the chapter, with what it needs, as one bash script',
  argument: { name: 'PATH', summary: 'a chapter', count: 'one', completion: 'files' },
  options: [
    {
      name: 'phase',
      type: 'choice',
      choices: ['all', 'structure', 'deploy'],
      fallback: 'all',
      summary: 'the chapter alone, before or from its first change of the cluster',
    },
    {
      name: 'output',
      short: 'o',
      type: 'text',
      value: 'FILE',
      completion: 'files',
      summary: 'write the script there, not to the standard output',
    },
    { name: 'no-needs', type: 'flag', summary: 'without the chapters that it needs' },
  ],
  examples: [
    { command: 'mtx-doc export tutorial/02-environments.md -o lesson.sh', summary: 'then: bash lesson.sh' },
    {
      command: 'mtx-doc export tutorial/01-hello-traderx.md | mtx-doc sandbox',
      summary: 'run it in a world of its own',
    },
    {
      command: 'mtx-doc export tutorial/01-hello-traderx.md --phase structure',
      summary: 'what it writes to the hub; the cluster stays as it is',
    },
  ],
};

export const SITE_COMMAND: CommandSpec = {
  name: 'site',
  summary: 'chapters and the report of a run as web pages; runs nothing',
  argument: { name: 'ACTION', summary: 'build or dev', count: 'one', completion: ['build', 'dev'] },
  options: [
    {
      name: 'from',
      type: 'text',
      value: 'DIR',
      fallback: 'tutorial',
      completion: 'files',
      summary: 'the folder of the chapters',
    },
    {
      name: 'report',
      type: 'text',
      value: 'FILE.json',
      fallback: '.cache/chapters.json',
      completion: 'files',
      summary: 'what `mtx-doc run --report` wrote',
    },
    {
      name: 'out',
      type: 'text',
      value: 'DIR',
      fallback: 'dist/site',
      completion: 'files',
      summary: 'where the pages go',
    },
    {
      name: 'base',
      type: 'text',
      value: 'URL',
      summary: 'where the site will be, for feeds and links to it',
    },
    {
      name: 'require-report',
      type: 'flag',
      summary: 'fail where a block has no recording, an old one or a failed one',
    },
  ],
  examples: [
    { command: 'mtx-doc run tutorial --report .cache/chapters.json', summary: 'record, then' },
    { command: 'mtx-doc site build --require-report', summary: 'write dist/site' },
    { command: 'mtx-doc site dev', summary: 'see each page as you write it' },
  ],
};

export const INIT_COMMAND: CommandSpec = {
  name: 'init',
  summary: 'write a first chapter and a CI workflow that runs it',
  argument: {
    name: 'FOLDER',
    summary: 'where the chapter goes; docs where none is named',
    count: 'optional',
    completion: 'files',
  },
  options: [],
  examples: [
    { command: 'npm install --save-dev mtx-doc && npx mtx-doc init', summary: 'in a project of yours' },
    { command: 'npx mtx-doc init guide && npx mtx-doc run guide', summary: 'in a folder of another name' },
  ],
};
