/** The text of one unit: details, and with `--verbose` or `--data-only` its configuration. */
import type { Entity, Invocation } from './cub.ts';
import { partsOf, textOf } from './entity.ts';
import { printJson, shapeAs } from './go-json.ts';
import { unitKind } from './kind/unit.ts';
import { drawDetails } from './print.ts';

/** What `unit get` prints, and `--verbose` after a change. */
export function drawUnit(call: Invocation, unit: Entity): string {
  const verbose = call.flags.on('verbose');
  const parts: string[] = [];
  if (!call.flags.on('data-only')) {
    parts.push(drawDetails(unitKind.details(unit)));
    if (verbose) parts.push(drawOrigins(unit));
  }
  if (verbose) parts.push(heading('Config Data:'));
  if (verbose || call.flags.on('data-only')) parts.push(asLines(decode(textOf(unit, 'Data'))));
  return parts.join('');
}

function drawOrigins(unit: Entity): string {
  const live = textOf(unit, 'LiveState');
  const sources = partsOf(unit, 'MutationSources');
  const shaped = shapeAs('[]ResourceMutation', sources);
  return [
    sources.length === 0 ? '' : heading('Mutation Sources:') + asLines(printJson(shaped)),
    live === '' ? '' : heading('Live State:') + asLines(decode(live)),
  ].join('');
}

function heading(text: string): string {
  return `\n${text}\n${'-'.repeat(text.length)}\n`;
}

/** Base64 as the hub sends it. */
export function decode(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}

/** Without empty lines around, one newline at the end. */
export function asLines(text: string): string {
  return `${text.replaceAll(/^\n+|\n+$/g, '')}\n`;
}
