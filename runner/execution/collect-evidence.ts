/** Runs the `collect` commands of a chapter that failed, so that its report shows the state it failed in. */
import { readOutput } from './attempt.ts';
import type { ChapterContext } from './chain-context.ts';

const timeoutMs = 30_000;

/** Each command once, in the chapter's shell or its successor. What they print is reported; a failure of theirs is not. */
export async function collectEvidence(context: ChapterContext): Promise<void> {
  const { options, chain, planned } = context;
  for (const command of planned.chapter.meta.collect) {
    if (options.signal?.aborted === true) return;
    const shell = await context.openShell();
    const request = { script: `${command}\n`, mode: 'merged', timeoutMs, signal: options.signal } as const;
    const { spooled, secrets } = await shell.run(request);
    context.addSecrets(secrets);
    options.emit({
      kind: 'collected',
      chain: chain.id,
      chapter: planned.chapter.id,
      command: context.clean(command),
      output: readOutput(spooled, context.clean).both ?? '',
    });
  }
}
