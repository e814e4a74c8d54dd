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

/** Of every command that prints for people. */
export const COLOR_OPTION: OptionSpec = {
  name: 'color',
  type: 'choice',
  choices: ['auto', 'always', 'never'],
  fallback: 'auto',
  summary: 'colour the output; NO_COLOR and FORCE_COLOR count too',
};
