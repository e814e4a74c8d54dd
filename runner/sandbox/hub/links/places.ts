/** One place in one resource of a unit's data: reading and writing what links fill. */
import { extractPart, replacePart } from '../functions/accessor.ts';
import { nodeAt, setAt, valueOf } from '../functions/nodes.ts';
import type { ConfigDocument } from '../functions/nodes.ts';
import { splitPath } from '../functions/path.ts';
import { parseData, renderData } from '../functions/resource.ts';

/** `ResourceName` is without its namespace, which a link may be about to change; `Path` may end in `#part`. */
export interface Place {
  readonly ResourceType: string;
  readonly ResourceName: string;
  readonly Path: string;
}

/** The text at the place; undefined if there is none. */
export function readPlace(data: string, place: Place): string | undefined {
  const doc = parseData(data).find((candidate) => holds(candidate, place));
  if (doc === undefined) return undefined;
  const { segments, part } = splitPlace(place);
  const value = valueOf(doc, nodeAt(doc, segments));
  if (typeof value !== 'string') return undefined;
  return part === '' ? value : extractPart(accessorOf(part), value, part);
}

/** The data with `value` at all the places. Throws FunctionFailure for a place that is not there. */
export function writePlaces(data: string, places: readonly Place[], value: string): string {
  const documents = parseData(data);
  for (const place of places) {
    const { segments, part } = splitPlace(place);
    for (const doc of documents.filter((candidate) => holds(candidate, place))) {
      const before = valueOf(doc, nodeAt(doc, segments));
      const isPart = part !== '' && typeof before === 'string';
      setAt(doc, segments, isPart ? replacePart(accessorOf(part), before, part, value) : value);
    }
  }
  return renderData(documents);
}

/** A document that is no resource holds no place. */
function holds(doc: ConfigDocument, { ResourceType, ResourceName }: Place): boolean {
  const read = (...segments: string[]): unknown => valueOf(doc, nodeAt(doc, segments));
  return (
    [read('apiVersion'), read('kind')].join('/') === ResourceType && read('metadata', 'name') === ResourceName
  );
}

function splitPlace({ Path }: Place): { readonly segments: readonly string[]; readonly part: string } {
  const [path = '', part = ''] = Path.split('#');
  return { segments: splitPath(path), part };
}

function accessorOf(part: string): 'image' | 'hostname' {
  return part === 'uri' || part === 'reference' ? 'image' : 'hostname';
}
