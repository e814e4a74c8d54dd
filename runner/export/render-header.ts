/** What stands above the commands of a script: what it is, what it needs, how to run it; and the checks of that. */
import type { Block, Chapter } from '../chapter/chapter.ts';
import type { ScriptRequest } from './export.ts';

/** What the script as a whole needs. */
export interface Needs {
  readonly tools: readonly string[];
  /** Files of the repository that the commands name. */
  readonly files: readonly string[];
  readonly takesPrefix: boolean;
}

/** Reads it off the chapters and the blocks that the script runs. */
export function findNeeds(chapters: readonly Chapter[], blocks: readonly Block[]): Needs {
  const text = blocks.map(({ body }) => body).join('\n');
  const files = [...text.matchAll(/(?<![\w./-])k8s\/[\w./-]*\w/g)].map(([file]) => file);
  return {
    tools: [...new Set(chapters.flatMap(({ meta }) => meta.requires))],
    files: [...new Set(files)],
    takesPrefix: text.includes('MTX_PREFIX'),
  };
}

/** The comment at the top. */
export function renderHeader(
  request: ScriptRequest,
  last: Chapter,
  needs: Needs,
  cleansUp: boolean,
): readonly string[] {
  const { name } = request;
  const width = Math.max(name.length, `${name} --clean-up`.length) + 5;
  const usage = (words: string, what: string): string => `  ${`bash ${words}`.padEnd(width)}   ${what}`;
  const lines = [
    '',
    last.title,
    ...(last.summary === '' ? [] : [last.summary]),
    '',
    ...renderPhase(request, last),
    '',
    usage(name, request.phase === 'all' ? 'does it' : `does the ${request.phase} phase`),
    ...(cleansUp ? [usage(`${name} --clean-up`, 'takes down what was made')] : []),
    '',
    ...renderNeeds(needs),
    ...(needs.takesPrefix
      ? [
          'MTX_PREFIX=NAME in the environment gives what you make another prefix; the clean-up needs the same.',
        ]
      : []),
    ...renderSandbox(request, last),
  ];
  return ['#!/usr/bin/env bash', ...lines.map((line) => `# ${line}`.trimEnd())];
}

function renderPhase({ phase, chapters }: ScriptRequest, last: Chapter): readonly string[] {
  if (phase === 'structure')
    return [
      `The structure phase of ${last.file}: its commands up to the first that may change the cluster.`,
      'They write desired state to the hub. The cluster stays as it is.',
    ];
  if (phase === 'deploy')
    return [
      `The deploy phase of ${last.file}: its commands from the first that may change the cluster.`,
      'Run the structure phase before it.',
    ];
  const before = chapters.slice(0, -1);
  return [
    `The commands of ${last.file}, as the page shows them.`,
    ...(before.length === 0 ? [] : ['Before them, those of the lessons that it needs:']),
    ...before.map(({ file, title }) => `  ${file} (${title})`),
  ];
}

function renderNeeds({ tools, files }: Needs): readonly string[] {
  const words = ['bash', ...tools];
  const list = words.length === 1 ? 'bash' : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
  if (files.length === 0) return [`It needs ${list}.`];
  return [
    `It needs ${list}, and these files, in the folder in which it is run:`,
    ...files.map((file) => `  ${file}`),
  ];
}

function renderSandbox({ name, phase, chapters }: ScriptRequest, last: Chapter): readonly string[] {
  const { needs } = last.meta;
  const isWhole = phase === 'all' && (needs.length === 0 || chapters.length > 1);
  if (isWhole)
    return [`\`mtx-doc sandbox < ${name}\` runs it in a world of its own, which is gone afterwards.`];
  const first = needs.length > 0 ? [`Do what the page needs before it (${needs.join(', ')}).`] : [];
  return [...first, `\`mtx-doc sandbox --state DIR < ${name}\` runs it in a world that is kept.`];
}

/** Ends the script with a remedy where something that it needs is not there. */
export function renderChecks({ tools, files }: Needs): readonly string[] {
  return [...tools.map((tool) => `  require_tool ${tool}`), ...files.map((file) => `  require_file ${file}`)];
}
