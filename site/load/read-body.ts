/** A Markdown file without its front matter, and where its text begins. */

export interface Body {
  readonly text: string;
  /** The number of its first line in the file. */
  readonly firstLine: number;
}

/** Where the chapter parser says that front matter is, this must say so too: a test compares the lines of fences. */
export function readBody(source: string): Body {
  const front = /^\uFEFF?---[ \t]*\r?\n[^]*?^---[ \t]*(?:\r?\n|$)/m.exec(source);
  if (front?.index !== 0) return { text: source, firstLine: 1 };
  return { text: source.slice(front[0].length), firstLine: front[0].split('\n').length };
}
