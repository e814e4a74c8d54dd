/** A diagram as SVG in the page: its colours are the style sheet's, so it follows the scheme, also a forced one. */
import { html, type Html } from '../render/html.ts';
import { SiteError } from '../load/site-error.ts';
import type { Diagram, PlacedArrow, PlacedBox, PlacedNode, PlacedText } from './diagram.ts';
import { layOutDiagram } from './lay-out-diagram.ts';
import { parseDiagram } from './parse-diagram.ts';

/** The language of a diagram's fence: GitHub draws it too. */
export const DIAGRAM = 'mermaid';

/** The figure of the fence at a line of a file. Throws SiteError where its text is not understood. */
export function renderDiagram(text: string, file: string, line: number): Html {
  const diagram = parseDiagram(text);
  if ('message' in diagram) {
    throw new SiteError(
      `${file}:${line + 1 + diagram.line}: this diagram cannot be drawn: ${diagram.message}`,
      'CONTRIBUTING.md says which part of Mermaid a diagram may use',
    );
  }
  return renderFigure(diagram, `diagram-${line}`);
}

function renderFigure(diagram: Diagram, id: string): Html {
  const { width, height, boxes, arrows } = layOutDiagram(diagram);
  return html`<figure class="diagram">
    <div tabindex="0" role="group" aria-label="Diagram: ${diagram.title}">
      <svg role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-labelledby="${id}" aria-describedby="${id}-text">
        ${boxes.map(renderBox)}${arrows.map(renderArrow)}${arrows.map(({ label }) => label !== undefined && renderText(label, 'word'))}
      </svg>
    </div>
    <figcaption><span id="${id}">${diagram.title}</span><span class="sr" id="${id}-text">${diagram.description}</span></figcaption>
  </figure> `;
}

function renderBox({ x, y, width, height, title, nodes }: PlacedBox): Html {
  const frame =
    title !== undefined &&
    html`<rect class="space" x="${x}" y="${y}" width="${width}" height="${height}" rx="9" />${renderText(title, 'name')}`;
  return html`${frame}${nodes.map(renderNode)}`;
}

function renderNode({ node, x, y, width, height, lines }: PlacedNode): Html {
  const kind = `${node.isLive ? 'live' : 'unit'}${node.isChanged ? ' changed' : ''}`;
  const radius = node.isLive ? height / 2 : 5;
  return html`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" />${lines.map((line, index) => renderText(line, index === 0 ? 'first' : 'more'))}`;
}

function renderArrow({ kind, line, head }: PlacedArrow): Html {
  return html`<path class="${kind}" d="${line}" /><path class="head ${kind}" d="${head}" />`;
}

function renderText({ x, y, text }: PlacedText, kind: string): Html {
  return html`<text class="${kind}" x="${Math.round(x)}" y="${Math.round(y)}">${text}</text>`;
}
