/** `mtx-doc help`: the overview, one command's help, or the chapter format. */
import { suggest } from '../text/suggest.ts';
import type { RunCommand } from './command.ts';
import { COMMANDS } from './commands.ts';
import { EXIT } from './exit-code.ts';
import { FORMAT_REFERENCE } from './format-reference.ts';
import { renderCommandHelp, renderOverview } from './render-help.ts';
import { UsageError } from './usage-error.ts';

export const help: RunCommand = async (input, host) => {
  const [topic] = input.arguments;
  host.stdout.write(topic === undefined ? renderOverview() : renderTopic(topic));
  return EXIT.ok;
};

function renderTopic(topic: string): string {
  if (topic === 'format') return FORMAT_REFERENCE;
  const command = COMMANDS.find(({ name }) => name === topic);
  if (command !== undefined) return renderCommandHelp(command);
  const near = suggest(topic, [...COMMANDS.map(({ name }) => name), 'format']);
  throw new UsageError(
    `there is no help on \`${topic}\``,
    near === undefined ? 'mtx-doc help lists the topics' : `did you mean mtx-doc help ${near}?`,
  );
}
