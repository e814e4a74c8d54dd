/** Diagrams: what is understood, what is refused, and that nothing stands on something else. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Diagram, PlacedRectangle } from '../../../site/diagram/diagram.ts';
import { layOutDiagram } from '../../../site/diagram/lay-out-diagram.ts';
import { parseDiagram } from '../../../site/diagram/parse-diagram.ts';
import { renderDiagram } from '../../../site/diagram/render-diagram.ts';

const TEXT = `flowchart LR
  accTitle: A clone
  accDescr: The base has one clone.
  subgraph base["space base"]
    a["unit<br>replicas 1"]
  end
  b(["live <b>"]):::changed
  a ==>|push| b
  classDef changed stroke-width:3px
`;

function parsed(text: string): Diagram {
  const diagram = parseDiagram(text);
  if ('message' in diagram) throw new Error(`line ${diagram.line}: ${diagram.message}`);
  return diagram;
}

test('a diagram says what is in which space, and what leads where', () => {
  expect(parsed(TEXT)).toEqual({
    title: 'A clone',
    description: 'The base has one clone.',
    boxes: [
      {
        title: 'space base',
        nodes: [{ id: 'a', lines: ['unit', 'replicas 1'], isLive: false, isChanged: false }],
      },
      { nodes: [{ id: 'b', lines: ['live <b>'], isLive: true, isChanged: true }] },
    ],
    arrows: [{ from: 'a', to: 'b', label: 'push', kind: 'thick' }],
  });
});

describe('refused, with its line:', () => {
  test.each([
    ['another kind of diagram', TEXT.replace('flowchart LR', 'sequenceDiagram'), 0, 'flowchart LR'],
    ['no text for those who do not see it', TEXT.replace(/ +accDescr.*\n/, ''), 0, 'accDescr'],
    ['what Mermaid knows and we do not', TEXT.replace('a ==>|push| b', 'a & c --> b'), 7, 'a & c --> b'],
    ['an arrow to nowhere', TEXT.replace('| b', '| c'), 7, '`c`'],
    ['an arrow from nowhere', TEXT.replace('a ==>', 'd ==>'), 7, '`d`'],
    ['a node that is there twice', TEXT.replace('b([', 'a(['), 0, 'twice'],
    ['a space without an end', TEXT.replace('  end\n', ''), 0, 'no `end`'],
    ['an end too many', TEXT.replace('  end\n', '  end\n  end\n'), 6, '`end`'],
    ['a space in a space', TEXT.replace('    a[', '    subgraph c["d"]\n    a['), 4, 'subgraph'],
    ['nothing', 'flowchart LR\naccTitle: a\naccDescr: b\n', 0, 'nothing'],
  ])('%s', (_name, text, line, message) => {
    expect(parseDiagram(text)).toEqual({ line, message: expect.stringContaining(message) as string });
  });

  test('a page says the place in its file', () => {
    expect(() => renderDiagram('flowchart LR\n  what\n', 'tutorial/a.md', 20)).toThrow(
      /tutorial\/a\.md:22: /,
    );
  });
});

test('a picture has its texts escaped, a name and a description', () => {
  const { html } = renderDiagram(TEXT, 'a.md', 7);
  expect(html).toContain('>live &lt;b&gt;</text>');
  const [, name = '', text = ''] = /aria-labelledby="([^"]+)" aria-describedby="([^"]+)"/.exec(html) ?? [];
  expect(html).toMatch(new RegExp(`id="${name}">A clone<`));
  expect(html).toMatch(new RegExp(`id="${text}">The base has one clone.<`));
});

const FOLDER = new URL('../../../tutorial/', import.meta.url);
const OURS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) => {
    const found = readFileSync(new URL(name, FOLDER), 'utf8').matchAll(/^```mermaid\n([^]*?)^```$/gm);
    return [...found].map(([, text = ''], index) => [`${name} ${index + 1}`, text] as const);
  });

test('every lesson has a diagram', () => {
  const lessons = readdirSync(FOLDER).filter((name) => /^\d\d-/.test(name));
  expect(lessons.filter((lesson) => !OURS.some(([name]) => name.startsWith(lesson)))).toEqual([]);
});

describe.each([['the example', TEXT], ...OURS] as const)('%s', (_name, text) => {
  const diagram = parsed(text);
  const { width, height, boxes, arrows } = layOutDiagram(diagram);
  const nodes = boxes.flatMap((box) => box.nodes);
  const isInside = (inner: PlacedRectangle, outer: PlacedRectangle): boolean =>
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height;
  const overlap = (a: PlacedRectangle, b: PlacedRectangle): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  test('shows everything, inside the picture, and nothing on something else', () => {
    expect(nodes).toHaveLength(diagram.boxes.flatMap((box) => box.nodes).length);
    expect(arrows).toHaveLength(diagram.arrows.length);
    expect(boxes.filter((box) => !isInside(box, { x: 0, y: 0, width, height }))).toEqual([]);
    expect(boxes.filter((box) => box.nodes.some((node) => !isInside(node, box)))).toEqual([]);
    const all = [boxes, nodes].map((list) =>
      list.flatMap((a, at) => list.slice(at + 1).filter((b) => overlap(a, b))),
    );
    expect(all).toEqual([[], []]);
  });

  test('writes no label on a box', () => {
    const labels = arrows.flatMap(({ label }) => label ?? []);
    const areas = labels.map(({ x, y, text }) => {
      const wide = text.length * 7.6;
      return { text, x: x - wide / 2, y: y - 10, width: wide, height: 13 };
    });
    expect(areas.filter((area) => boxes.some((box) => overlap(area, box)))).toEqual([]);
  });
});
