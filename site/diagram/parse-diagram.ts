/** Reads a diagram. What Mermaid knows and we do not draw is a problem, so that the site never shows less than GitHub. */
import type { Diagram, DiagramArrow, DiagramBox, DiagramNode, DiagramProblem } from './diagram.ts';

const NODE = /^(\w+)(?:\["([^"]+)"\]|\(\["([^"]+)"\]\))(:::changed)?$/;
const ARROW = /^(\w+) (-->|-\.->|==>)(?:\|([^|]+)\|)? (\w+)$/;
const SUBGRAPH = /^subgraph \w+\["([^"]+)"\]$/;
const TITLE = /^accTitle: (.+)$/;
const DESCRIPTION = /^accDescr: (.+)$/;
/** Mermaid's colours of a class; ours are in the style sheet. */
const CLASS = /^classDef \w+ .+$/;
const KINDS: Readonly<Record<string, DiagramArrow['kind']>> = {
  '-->': 'plain',
  '-.->': 'dotted',
  '==>': 'thick',
};

interface Draft {
  title?: string;
  description?: string;
  readonly boxes: { readonly title?: string; readonly nodes: DiagramNode[] }[];
  readonly arrows: { readonly arrow: DiagramArrow; readonly line: number }[];
  /** The box that `end` will close. */
  open?: { readonly nodes: DiagramNode[] };
}

/** The diagram, or what is wrong with its first line that is wrong. */
export function parseDiagram(text: string): Diagram | DiagramProblem {
  const draft: Draft = { boxes: [], arrows: [] };
  for (const [line, written] of text.split('\n').entries()) {
    const statement = written.trim();
    const isRead =
      statement === '' || (line === 0 ? statement === 'flowchart LR' : readStatement(statement, line, draft));
    if (!isRead) return { line, message: explain(statement, line) };
  }
  return finish(draft);
}

/** True for what was understood. */
function readStatement(statement: string, line: number, draft: Draft): boolean {
  const [, title] = TITLE.exec(statement) ?? [];
  const [, description] = DESCRIPTION.exec(statement) ?? [];
  const [, name] = SUBGRAPH.exec(statement) ?? [];
  const node = readNode(statement);
  const arrow = readArrow(statement);
  if (title !== undefined) draft.title = title;
  else if (description !== undefined) draft.description = description;
  else if (name !== undefined && draft.open === undefined) {
    draft.open = { nodes: [] };
    draft.boxes.push({ title: name, nodes: draft.open.nodes });
  } else if (statement === 'end' && draft.open !== undefined && draft.open.nodes.length > 0)
    delete draft.open;
  else if (node !== undefined) {
    if (draft.open === undefined) draft.boxes.push({ nodes: [node] });
    else draft.open.nodes.push(node);
  } else if (arrow !== undefined) draft.arrows.push({ arrow, line });
  else return CLASS.test(statement);
  return true;
}

function readNode(statement: string): DiagramNode | undefined {
  const [, id, unit, live, changed] = NODE.exec(statement) ?? [];
  const text = unit ?? live;
  if (id === undefined || text === undefined) return undefined;
  return { id, lines: text.split('<br>'), isLive: live !== undefined, isChanged: changed !== undefined };
}

function readArrow(statement: string): DiagramArrow | undefined {
  const [, from, drawn = '', label, to] = ARROW.exec(statement) ?? [];
  const kind = KINDS[drawn];
  if (from === undefined || to === undefined || kind === undefined) return undefined;
  return { from, to, kind, ...(label === undefined ? {} : { label }) };
}

function finish({ title, description, boxes, arrows, open }: Draft): Diagram | DiagramProblem {
  const ids = boxes.flatMap(({ nodes }: DiagramBox) => nodes.map(({ id }) => id));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  const lost = arrows.find(({ arrow }) => !ids.includes(arrow.from) || !ids.includes(arrow.to));
  if (title === undefined || description === undefined) {
    return { line: 0, message: 'it needs `accTitle: …` and `accDescr: …`, for those who do not see it' };
  }
  if (open !== undefined) return { line: 0, message: 'a `subgraph` has no `end`' };
  if (ids.length === 0) return { line: 0, message: 'it has nothing to show' };
  if (twice !== undefined) return { line: 0, message: `\`${twice}\` is there twice` };
  if (lost !== undefined) {
    const missing = ids.includes(lost.arrow.from) ? lost.arrow.to : lost.arrow.from;
    return { line: lost.line, message: `no node is called \`${missing}\`` };
  }
  return { title, description, boxes, arrows: arrows.map(({ arrow }) => arrow) };
}

function explain(statement: string, line: number): string {
  return line === 0 ? 'a diagram begins with `flowchart LR`' : `\`${statement}\` is not understood`;
}
