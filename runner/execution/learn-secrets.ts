/**
 * A chapter may get a secret while it runs (`export API_TOKEN=$(…)`). After each block that names such a variable its
 * value is asked of the shell, so that it is masked from that block's own output on.
 */
import { readCapture } from './capture.ts';
import type { ChapterContext } from './chain-context.ts';
import { findSecretNames } from './environment.ts';
import type { Shell, ShellAnswer } from './shell/shell.ts';

const timeoutMs = 10_000;

/** Asks for the variables that `script` names, if it came to its end. The next block finds `$?` as `script` left it. */
export async function learnSecrets(
  context: ChapterContext,
  shell: Shell,
  script: string,
  { end }: ShellAnswer,
): Promise<void> {
  if (end.kind !== 'finished') return;
  const names = findSecretNames(script, context.planned.chapter.meta.secrets);
  if (names.length === 0) return;
  const values = names.map((name) => `"\${${name}-}"`).join(' ');
  const question = `builtin printf '%s\\0' ${values}\nbuiltin return ${end.status}\n`;
  const { spooled } = await shell.run({ script: question, mode: 'apart', timeoutMs, internal: true });
  context.addSecrets(readCapture(spooled.stdout, (raw) => raw).text.split('\0'));
}
