/**
 * What a chapter printed, as a reader may see it: control sequences settled, the run's own folders under their names,
 * bash's words without the runner's files, secrets masked. Every text passes here before it is compared or reported.
 */
import { normaliseOutput } from '../text/normalise.ts';
import { createRedactor } from '../text/redact.ts';
import type { ChainFolders } from './folders.ts';

/** A function that cleans the texts of one chapter; `secrets` are values. */
export function createCleaner(folders: ChainFolders, secrets: readonly string[]): (text: string) => string {
  const redactor = createRedactor(secrets);
  const blockFile = new RegExp(`${escapePattern(folders.blocks)}/[\\w-]+\\.sh: (?:line \\d+: )?`, 'g');
  const names = (['work', 'home', 'temp', 'world', 'root'] as const).map(
    (part) => [folders[part], part === 'temp' ? '$TMPDIR' : `$${part.toUpperCase()}`] as const,
  );
  return (text) => {
    let settled = normaliseOutput(text);
    if (settled.includes(folders.root)) {
      settled = settled.replace(blockFile, 'bash: ');
      for (const [folder, name] of names) settled = settled.replaceAll(folder, name);
    }
    return redactor.redact(settled);
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
