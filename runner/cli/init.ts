/** `mtx-doc init`: a first chapter and a CI workflow, for a project that has neither. What is there already stays as it is. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import type { Host } from './host.ts';
import { findRepository } from './repository.ts';
import { UsageError } from './usage-error.ts';
import { quoteWord } from '../text/shell-word.ts';

interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

export const init: RunCommand = async (input, host) => {
  const folder = input.arguments[0] ?? 'docs';
  const say = (line: string): void => host.stdout.write(`${line}\n`);
  const name = ({ path }: NewFile): string => relative(host.cwd, path);
  const chapter = planChapter(folder, host);
  const workflow = planWorkflow(folder, host);
  if (existsSync(chapter.path))
    throw new UsageError(
      `${name(chapter)} is there already: nothing was written`,
      'name another folder, or move that file away first',
    );
  const known = existsSync(workflow.path);
  writeAll(known ? [chapter] : [chapter, workflow], host);
  const command = `npx mtx-doc run ${quoteWord(folder)}`;
  say(`wrote ${name(chapter)}`);
  say(known ? `kept ${name(workflow)}: let it \`${command}\` too` : `wrote ${name(workflow)}`);
  say(`\nRun it: ${command}`);
  if (!existsSync(join(host.cwd, 'package-lock.json')))
    say('The workflow installs from package-lock.json: `npm install --save-dev mtx-doc` makes it');
  return EXIT.ok;
};

function planChapter(folder: string, { cwd }: Host): NewFile {
  const path = resolve(cwd, folder, 'first-steps.md');
  if (relative(cwd, path).startsWith('..'))
    throw new UsageError(`${folder} is outside the current folder`, 'name a folder below it');
  return { path, text: read('first-chapter.md').replaceAll('FOLDER', quoteWord(folder)) };
}

/** It belongs to the root of the repository, whatever folder the command is called in. */
function planWorkflow(folder: string, { cwd }: Host): NewFile {
  const { root } = findRepository(cwd);
  const place = relative(root, cwd).split(sep).join('/');
  const text = read('workflow.yml')
    .replace('FOLDER', quoteWord(folder))
    .replaceAll('PLACE', JSON.stringify(place === '' ? '.' : place));
  return { path: join(root, '.github/workflows/mtx-doc.yml'), text };
}

function read(name: string): string {
  return readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');
}

/** All or nothing. Throws UsageError where a file cannot be written. */
function writeAll(files: readonly NewFile[], { cwd }: Host): void {
  const written: string[] = [];
  for (const { path, text } of files) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { flag: 'wx' });
      written.push(path);
    } catch (error) {
      for (const file of written) rmSync(file);
      const cause = error instanceof Error ? error.message : String(error);
      throw new UsageError(`${relative(cwd, path)} cannot be written: ${cause}`, undefined, { cause: error });
    }
  }
}
