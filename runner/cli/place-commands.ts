/** The rows of the commands that look into a world that is there: `preflight` and `cleanup`. */
import type { CommandSpec, OptionSpec } from './command.ts';
import { ALLOW_CONTEXT, COLOR_OPTION, TOOL_OPTIONS } from './shared-options.ts';

/** Which world; without one of them, the sandbox that the command is typed in. */
const PLACE_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'state',
    type: 'text',
    value: 'DIR',
    completion: 'files',
    summary: 'the state folder of a sandbox, running or not',
  },
  { name: 'cluster', type: 'text', value: 'CLUSTER', summary: 'context:NAME of your kubeconfig' },
  { name: 'hub', type: 'text', value: 'URL', summary: 'a ConfigHub that your cub is logged in to' },
];

const PREFIX_OPTION: OptionSpec = {
  name: 'prefix',
  type: 'text',
  value: 'P',
  summary: 'the prefix of the spaces and namespaces; by default MTX_PREFIX, or demo',
};

/** Part of the table of commands. */
export const PLACE_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'preflight',
    summary: 'is this machine and this world ready?',
    options: [
      ...PLACE_OPTIONS,
      ALLOW_CONTEXT,
      PREFIX_OPTION,
      ...TOOL_OPTIONS,
      {
        name: 'format',
        type: 'choice',
        choices: ['pretty', 'json'],
        fallback: 'pretty',
        summary: 'a list for people or JSON for programs',
      },
      COLOR_OPTION,
    ],
    examples: [
      { command: 'mtx-doc preflight', summary: 'this machine and a new embedded world' },
      {
        command: 'mtx-doc preflight --cluster context:kind-mtx',
        summary: 'your own cluster, before a run there',
      },
    ],
  },
  {
    name: 'cleanup',
    summary: 'remove what a prefix left in a hub and a cluster',
    options: [
      PREFIX_OPTION,
      ...PLACE_OPTIONS,
      ALLOW_CONTEXT,
      { name: 'dry-run', type: 'flag', summary: 'list it only' },
      { name: 'yes', short: 'y', type: 'flag', summary: 'do not ask' },
      ...TOOL_OPTIONS,
    ],
    examples: [
      { command: 'mtx-doc cleanup', summary: 'in the shell of a sandbox: lists, asks, removes' },
      { command: 'mtx-doc cleanup --prefix demo --state ~/mtx', summary: 'a sandbox, running or not' },
      {
        command: 'mtx-doc cleanup --prefix demo --cluster context:kind-mtx --dry-run',
        summary: 'what is left in your own cluster',
      },
    ],
  },
];
