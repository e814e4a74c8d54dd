/** `mtx-doc completion SHELL`. */
import { suggest } from '../text/suggest.ts';
import type { RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import { renderBash, renderFish, renderZsh } from './render-completion.ts';
import { UsageError } from './usage-error.ts';

const SHELLS: Readonly<Record<string, () => string>> = { bash: renderBash, zsh: renderZsh, fish: renderFish };

export const completion: RunCommand = async (input, host) => {
  const shell = input.arguments[0] ?? '';
  const render = SHELLS[shell];
  if (render === undefined) {
    const near = suggest(shell, Object.keys(SHELLS));
    throw new UsageError(
      `there is no completion for the shell \`${shell}\``,
      near === undefined ? 'there is one for bash, zsh and fish' : `did you mean ${near}?`,
    );
  }
  host.stdout.write(render());
  return EXIT.ok;
};
