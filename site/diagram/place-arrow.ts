/** An arrow between two nodes: across the gap between columns, or around the right side where both are in one column. */
import type { DiagramArrow, PlacedArrow, PlacedRectangle } from './diagram.ts';

const HEAD = 8;
/** How far an arrow within a column goes out. */
const BOW = 34;
/** A smaller difference in height looks like none. */
const FLAT = 24;

/** `step` is the number of columns from one end to the other. */
export function placeArrow(
  { kind, label }: DiagramArrow,
  from: PlacedRectangle,
  to: PlacedRectangle,
  step: number,
): PlacedArrow {
  const isForth = step > 0;
  const start = { x: step < 0 ? from.x : from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: isForth ? to.x : to.x + to.width, y: to.y + to.height / 2 };
  /** Where the head begins. */
  const neck = end.x + (isForth ? -HEAD : HEAD);
  const turn = step === 0 ? Math.max(start.x, neck) + BOW : (start.x + neck) / 2;
  /** Nothing is written across a line that runs along with the text; and where several begin, they are close together. */
  const isFlat = Math.abs(start.y - end.y) < FLAT;
  const text =
    label === undefined
      ? {}
      : {
          label: {
            x: step === 0 || !isFlat ? turn : start.x + (neck - start.x) * 0.58,
            y: isFlat ? Math.min(start.y, end.y) - 7 : (start.y + end.y) / 2 + 4,
            text: label,
          },
        };
  return {
    kind,
    line: `M${round(start.x)} ${round(start.y)}C${round(turn)} ${round(start.y)} ${round(turn)} ${round(end.y)} ${round(neck)} ${round(end.y)}`,
    head: `M${round(neck)} ${round(end.y - 5)}L${round(end.x)} ${round(end.y)}L${round(neck)} ${round(end.y + 5)}Z`,
    ...text,
  };
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
