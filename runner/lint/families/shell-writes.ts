/** Which commands change something outside the shell, and which talk to something that may be away. */
import type { ShellCommand } from '../shell/shell.ts';

/** Their failure matters to whoever reads what they print. */
export const NETWORK: ReadonlySet<string> = new Set([
  'cub',
  'kubectl',
  'helm',
  'curl',
  'wget',
  'docker',
  'git',
  'gcloud',
  'aws',
]);

const WRITES: Readonly<Record<string, RegExp>> = {
  kubectl:
    /^(?:annotate|apply|autoscale|cordon|cp|create|delete|drain|edit|exec|expose|label|patch|replace|run|scale|set|taint|uncordon|rollout (?:restart|undo|pause|resume))\b/,
  cub: /^(?:[\w-]+ (?:create|update|delete|apply|destroy|approve|refresh|import|install|do|exec|set|set-target|push-upgrade|tag|upgrade|load)|run)\b/,
  helm: /^(?:install|upgrade|uninstall|rollback|delete)\b/,
  docker: /^(?:build|push|run|rm|stop|compose)\b/,
  git: /^(?:push|commit|checkout|clone|reset|merge)\b/,
};

/** True for a command that is known to change something. */
export function isWrite({ name = '', words }: ShellCommand): boolean {
  const pattern = Object.hasOwn(WRITES, name) ? WRITES[name] : undefined;
  const plain = words.slice(1).filter(({ shape }) => !shape.startsWith('-'));
  return (
    pattern?.test(
      plain
        .slice(0, 2)
        .map(({ shape }) => shape)
        .join(' '),
    ) === true
  );
}
