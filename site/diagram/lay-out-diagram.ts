/**
 * Puts a diagram's boxes in columns, from left to right as its arrows point: a box stands right of all earlier ones that
 * lead to it. Texts are set in a fixed width, so that their size is known without a browser.
 */
import type { Diagram, DiagramBox, DiagramNode, PlacedBox, PlacedDiagram, PlacedNode } from './diagram.ts';
import { placeArrow } from './place-arrow.ts';

/** A character of the style sheet's 12.5 px monospace, with a little to spare. */
const CHARACTER = 7.6;
const LINE = 18;
const PADDING = 11;
/** Around and between the nodes of a box. */
const INSET = 12;
const TITLE = 26;
const ROW_GAP = 22;
/** Between columns, without what a label takes. */
const COLUMN_GAP = 44;
const MARGIN = 2;

/** Where everything stands. */
export function layOutDiagram(diagram: Diagram): PlacedDiagram {
  const columns = rankBoxes(diagram);
  const count = Math.max(...columns.values()) + 1;
  const boxesOf = (column: number): readonly DiagramBox[] =>
    diagram.boxes.filter((box) => columns.get(box) === column);
  const heights = Array.from({ length: count }, (_, column) => heightOfColumn(boxesOf(column)));
  const height = Math.max(...heights);
  const columnOf = (id: string): number => columns.get(findBox(diagram, id)) ?? 0;
  let x = MARGIN;
  const boxes: PlacedBox[] = [];
  for (let column = 0; column < count; column += 1) {
    const width = Math.max(...boxesOf(column).map(widthOfBox));
    let y = MARGIN + (height - (heights[column] ?? 0)) / 2;
    for (const box of boxesOf(column)) {
      boxes.push(placeBox(box, x, y, width));
      y += heightOfBox(box) + ROW_GAP;
    }
    const labels = diagram.arrows.filter(
      ({ from, to }) => Math.min(columnOf(from), columnOf(to)) === column && to !== from,
    );
    x += width + (column === count - 1 && labels.length === 0 ? 0 : gapFor(labels));
  }
  const nodes = new Map(boxes.flatMap((box) => box.nodes).map((placed) => [placed.node.id, placed]));
  const arrows = diagram.arrows.flatMap((arrow) => {
    const [from, to] = [nodes.get(arrow.from), nodes.get(arrow.to)];
    return from === undefined || to === undefined
      ? []
      : [placeArrow(arrow, from, to, columnOf(arrow.to) - columnOf(arrow.from))];
  });
  return { width: Math.ceil(x + MARGIN), height: Math.ceil(height + 2 * MARGIN), boxes, arrows };
}

/** Arrows to what is written earlier go back and rank nothing, so there is no circle. */
function rankBoxes({ boxes, arrows }: Diagram): ReadonlyMap<DiagramBox, number> {
  const ranks = new Map<DiagramBox, number>();
  for (const box of boxes) {
    const before = [...ranks].filter(([other]) =>
      arrows.some(({ from, to }) => has(other, from) && has(box, to)),
    );
    ranks.set(box, Math.max(-1, ...before.map(([, rank]) => rank)) + 1);
  }
  return ranks;
}

function findBox({ boxes }: Diagram, id: string): DiagramBox {
  const [box = { nodes: [] }] = boxes.filter((each) => has(each, id));
  return box;
}

function has({ nodes }: DiagramBox, id: string): boolean {
  return nodes.some((node) => node.id === id);
}

function gapFor(arrows: readonly { readonly label?: string }[]): number {
  return COLUMN_GAP + Math.max(0, ...arrows.map(({ label = '' }) => label.length * CHARACTER));
}

function widthOfNode({ lines }: DiagramNode): number {
  return Math.max(...lines.map((line) => line.length)) * CHARACTER + 2 * PADDING;
}

function heightOfNode({ lines }: DiagramNode): number {
  return lines.length * LINE + 2 * PADDING - 6;
}

function widthOfBox({ title, nodes }: DiagramBox): number {
  const inside = Math.max(...nodes.map(widthOfNode));
  return title === undefined ? inside : Math.max(inside, title.length * CHARACTER) + 2 * INSET;
}

function heightOfBox({ title, nodes }: DiagramBox): number {
  const inside = nodes.reduce((sum, node) => sum + heightOfNode(node), (nodes.length - 1) * INSET);
  return title === undefined ? inside : inside + TITLE + INSET;
}

function heightOfColumn(boxes: readonly DiagramBox[]): number {
  return boxes.reduce((sum, box) => sum + heightOfBox(box), (boxes.length - 1) * ROW_GAP);
}

function placeBox(box: DiagramBox, x: number, y: number, width: number): PlacedBox {
  const { title } = box;
  const inset = title === undefined ? 0 : INSET;
  let top = y + (title === undefined ? 0 : TITLE);
  const nodes = box.nodes.map((node): PlacedNode => {
    const placed = placeNode(node, x + inset, top, width - 2 * inset);
    top += placed.height + INSET;
    return placed;
  });
  return {
    x,
    y,
    width,
    height: heightOfBox(box),
    nodes,
    ...(title === undefined ? {} : { title: { x: x + INSET, y: y + 18, text: title } }),
  };
}

function placeNode(node: DiagramNode, x: number, y: number, width: number): PlacedNode {
  const lines = node.lines.map((text, index) => ({
    x: x + PADDING,
    y: y + PADDING + 10 + index * LINE,
    text,
  }));
  return { x, y, width, height: heightOfNode(node), node, lines };
}
