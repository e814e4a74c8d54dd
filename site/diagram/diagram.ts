/**
 * A picture of spaces and what is in them, as a chapter writes it: the part of Mermaid's flowcharts that GitHub draws and
 * we draw alike. Types only; the verbs are `parseDiagram`, `layOutDiagram` and `renderDiagram`.
 */

/** `live` is what runs in a cluster, everything else is written in the hub. */
export interface DiagramNode {
  readonly id: string;
  /** At least one. */
  readonly lines: readonly string[];
  readonly isLive: boolean;
  /** It is what the picture is about. */
  readonly isChanged: boolean;
}

/** A space, or a node that stands by itself and has no title. */
export interface DiagramBox {
  readonly title?: string;
  readonly nodes: readonly DiagramNode[];
}

export interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** `thick`: a change that moves. `dotted`: something that is known of the other end, such as where a clone came from. */
  readonly kind: 'plain' | 'dotted' | 'thick';
}

export interface Diagram {
  /** What it shows, in a few words. */
  readonly title: string;
  /** The same as the picture, in sentences. */
  readonly description: string;
  readonly boxes: readonly DiagramBox[];
  readonly arrows: readonly DiagramArrow[];
}

/** A line that is not understood; `line` counts from 0. */
export interface DiagramProblem {
  readonly line: number;
  readonly message: string;
}

/** Places in pixels, y downwards. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface PlacedRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends PlacedRectangle {
  readonly node: DiagramNode;
  readonly lines: readonly PlacedText[];
}

export interface PlacedBox extends PlacedRectangle {
  readonly title?: PlacedText;
  readonly nodes: readonly PlacedNode[];
}

export interface PlacedArrow {
  readonly kind: DiagramArrow['kind'];
  /** SVG path data. */
  readonly line: string;
  readonly head: string;
  readonly label?: PlacedText;
}

export interface PlacedDiagram {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly PlacedArrow[];
}
