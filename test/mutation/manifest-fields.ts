/** Every field of a manifest with a scalar, and the manifest with that field changed and nothing else. Pure. */
import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import { changeWord, replacePart } from '../../runner/expectation/mutation/change-text.ts';

export interface ManifestMutation {
  /** `Deployment.spec.template.spec.containers[web].image (tag)`. */
  readonly field: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** The whole manifest. */
  readonly text: string;
}

/** All mutations of a manifest, in the order of its lines. An image is changed in its name and in its tag. */
export function mutateManifest(source: string): readonly ManifestMutation[] {
  const documents = parseAllDocuments(source) as readonly Document[];
  return documents.flatMap((document) => {
    const kind = String(document.get('kind'));
    const found: ManifestMutation[] = [];
    visit(document, {
      Scalar: (key, node, ancestors) => {
        const [start, end] = node.range ?? [0, 0];
        if (key === 'key' || end === start) return;
        const path = `${kind}${pathOf([...ancestors, node])}`;
        const from = source.slice(start, end);
        for (const { to, note } of changesOf(path, from, node.value)) {
          const line = source.slice(0, start).split('\n').length;
          const field = note === undefined ? path : `${path} (${note})`;
          found.push({ field, line, from, to, text: replacePart(source, { start, end }, to) });
        }
      },
    });
    return found;
  });
}

interface FieldChange {
  readonly to: string;
  readonly note?: string;
}

function changesOf(path: string, from: string, value: unknown): readonly FieldChange[] {
  if (typeof value === 'boolean') return [{ to: String(!value) }];
  const image = path.endsWith('.image') ? /^(.+):([^:/]+)$/.exec(from) : null;
  if (image === null) return [{ to: changeWord(from) }];
  const [, name = '', tag = ''] = image;
  return [
    { to: `${changeWord(name)}:${tag}`, note: 'name' },
    { to: `${name}:${changeWord(tag)}`, note: 'tag' },
  ];
}

/** Items of lists by their name where they have one. */
function pathOf(trail: readonly (Document | Node | Pair)[]): string {
  return trail
    .map((step, index) => {
      const parent = trail[index - 1];
      if (isPair(step) && isScalar(step.key)) return `.${String(step.key.value)}`;
      if (!isSeq(parent)) return '';
      const name: unknown = isMap(step) ? step.get('name') : undefined;
      return `[${typeof name === 'string' ? name : parent.items.indexOf(step)}]`;
    })
    .join('');
}
