/**
 * Which commands change the cluster. What writes to the hub alone does not: applying is what brings it to a cluster. A
 * tool that is known to reach clusters counts unless it is known only to read.
 */
import { findUnsafeCommand } from './read-only.ts';
import { parseScript, readScript, type Collected } from './shell/read-script.ts';
import type { ShellCommand } from './shell/shell.ts';

/** Tools whose changes, if they make any, are the cluster's. */
const CLUSTER_TOOLS =
  /^(?:.*\/)?(?:kubectl|oc|helm|kustomize|kind|k3d|minikube|argocd|flux|terraform|ansible\S*|curl|wget|docker|eval|source|\.|bash|sh|python3?|node)$/;

/** Commands that run the rest of their words. */
const WRAPPERS = /^(?:command|builtin|env|exec|nice|nohup|sudo|time|timeout|xargs)$/;

/** `cub` commands that make the worker act, or that act on the cluster themselves. */
const CUB_ACTS = new Set(['unit apply', 'unit destroy', 'worker run', 'worker install', 'helm install']);

/** The first command of a bash text that may change the cluster, as written; undefined if none does. */
export function findClusterChange(source: string): string | undefined {
  const all: Collected = { commands: [], functions: new Set(), values: new Map(), writes: new Map() };
  const { errors } = readScript(source, parseScript(source), (offset) => offset, 0, all);
  if (errors.length > 0) return source.trim().split('\n', 1)[0];
  const textOf = ({ start, end }: ShellCommand): string => source.slice(start, end).replace(/\s+/g, ' ');
  const change = all.commands.find((command) => changesCluster(command, textOf(command)));
  return change === undefined ? undefined : textOf(change);
}

function changesCluster(command: ShellCommand, text: string): boolean {
  const words = command.words.map(({ value }) => value);
  const known = words.filter((word) => word !== undefined);
  const [name = ''] = known;
  if (words.length > 0 && words[0] === undefined) return true;
  const run = WRAPPERS.test(name) ? known : [name];
  if (run.some((word) => CLUSTER_TOOLS.test(word))) return findUnsafeCommand(text) !== undefined;
  const cub = run.findIndex((word) => /^(?:.*\/)?cub$/.test(word));
  if (cub < 0) return false;
  const args = known.slice(cub + 1);
  const acts = args.flatMap((word, at) => {
    const pair = `${word} ${args[at + 1] ?? ''}`;
    return CUB_ACTS.has(pair) ? [pair] : [];
  });
  const isExport = args.some((word) => /^--export(?:=true)?$/.test(word));
  return acts.some((pair) => pair !== 'worker install' || !isExport);
}
