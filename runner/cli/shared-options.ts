/** Options that commands in different files have in common. */
import type { OptionSpec } from './command.ts';

/** Goes with `--cluster context:NAME`. */
export const ALLOW_CONTEXT: OptionSpec = {
  name: 'allow-context',
  type: 'text',
  value: 'NAME',
  summary: 'a context that is not kind-*, k3d-*, minikube or docker-desktop',
};

/** The clients of a world. */
export const TOOL_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'cub',
    type: 'text',
    value: 'PATH',
    completion: 'files',
    summary: 'the cub to use, not the embedded one',
  },
  { name: 'kubectl', type: 'text', value: 'PATH', completion: 'files', summary: 'the kubectl to use' },
];

/** Where the report goes. */
export const REPORT_OPTION: OptionSpec = {
  name: 'report',
  type: 'text',
  value: 'FILE.json',
  completion: 'files',
  summary: 'write the report there',
};

/** Of every command that prints for people. */
export const COLOR_OPTION: OptionSpec = {
  name: 'color',
  type: 'choice',
  choices: ['auto', 'always', 'never'],
  fallback: 'auto',
  summary: 'colour the output; NO_COLOR and FORCE_COLOR count too',
};

/** The chapters of a command. */
export const PATHS = {
  name: 'PATH',
  summary: 'chapters: Markdown files, folders, or quoted globs',
  count: 'many',
  completion: 'files',
} as const;

/** Where a run takes place. */
export const WORLD_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'cluster',
    type: 'text',
    value: 'CLUSTER',
    fallback: 'emulator',
    completion: ['emulator', 'control-plane'],
    summary: 'emulator, or control-plane: a real one (needs Go)',
  },
  {
    name: 'hub',
    type: 'text',
    value: 'HUB',
    fallback: 'embedded',
    completion: ['embedded'],
    summary: 'embedded, or the URL of a ConfigHub',
  },
  ALLOW_CONTEXT,
];

/** Which part of the chapters is run. */
export const SELECTION_OPTIONS: readonly OptionSpec[] = [
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

/** Of commands that run several chains. */
export const JOBS_OPTION: OptionSpec = {
  name: 'jobs',
  short: 'j',
  type: 'count',
  value: 'N',
  fallback: '1',
  summary: 'how many chains run at once',
};
