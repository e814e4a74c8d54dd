/** How results are shown: text by default, or `--json`, `--jq`, `--names`, `--quiet`, with the original's precedence. */
import type { Entity, Invocation } from './cub.ts';
import { textOf } from './entity.ts';
import { packJson, printJson, shapeAs } from './go-json.ts';
import { drawTable } from './table.ts';

/** A line, whatever newlines the text begins or ends with. */
export function say(call: Invocation, text: string): void {
  call.around.out(`${text.replaceAll(/^\n+|\n+$/g, '')}\n`);
}

/** `label value` rows without a header. */
export function drawDetails(rows: readonly (readonly [string, string])[]): string {
  return drawTable(undefined, rows);
}

/** The header, unless `--no-header`. */
export function headerOf(call: Invocation, header: readonly string[]): readonly string[] | undefined {
  return call.flags.on('no-header') ? undefined : header;
}

/** True if `--json` or `--jq` replaces the default text. */
export function hasOtherOutput(call: Invocation): boolean {
  return call.flags.on('json') || call.flags.text('jq') !== '';
}

/** Prints what `--json` and `--jq` ask for; `shape` names the client's struct. */
export async function showData(call: Invocation, shape: string, value: unknown): Promise<void> {
  if (!hasOtherOutput(call)) return;
  const shaped = shapeAs(shape, value);
  if (call.flags.on('json')) say(call, printJson(shaped));
  if (call.flags.text('jq') === '') return;
  const { showJq } = await import('./jq/show.ts');
  showJq(call, JSON.parse(packJson(shaped)));
}

/** A list: table, names, or data. */
export async function showList(
  call: Invocation,
  shape: string,
  items: readonly Entity[],
  view: { readonly name: (item: Entity) => string; readonly draw: () => string },
): Promise<void> {
  const names = call.flags.on('names');
  const plain = !call.flags.on('quiet') || call.flags.on('verbose');
  if (plain && !names && !hasOtherOutput(call)) call.around.out(view.draw());
  if (names)
    call.around.out(
      drawTable(
        undefined,
        items.map((item) => [view.name(item)]),
      ),
    );
  await showData(call, `[]${shape}`, items);
}

/** One entity that was asked for. */
export async function showOne(
  call: Invocation,
  shape: string,
  item: Entity,
  draw: () => string,
): Promise<void> {
  if (!call.flags.on('quiet') && !hasOtherOutput(call)) call.around.out(draw());
  await showData(call, shape, item);
}

export interface Changed {
  readonly verb: 'created' | 'updated';
  /** The word for the kind of entity. */
  readonly word: string;
  /** As the user typed it. */
  readonly name: string;
  /** The name of its id field. */
  readonly id: string;
  readonly shape: string;
  readonly item: Entity;
  /** What `--json` shows, if it is not the item. */
  readonly data?: Entity;
  readonly draw: () => string;
}

/** One entity that was created or changed. */
export async function showChanged(call: Invocation, changed: Changed): Promise<void> {
  const { verb, word, name, id, item } = changed;
  if (!call.flags.on('quiet') && !hasOtherOutput(call))
    say(call, `Successfully ${verb} ${word} ${name} (${textOf(item, id)})`);
  if (call.flags.on('verbose')) call.around.out(changed.draw());
  await showData(call, changed.shape, changed.data ?? item);
}
