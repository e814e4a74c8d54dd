/** A check that XML is well-formed, enough for reports: no parser is installed, and a wrong report is silently dropped. */

const TOKEN =
  /<\?xml [^?]*\?>|<(?<close>\/?)(?<name>[a-z-]+)(?<attributes>(?:\s+[a-z]+="[^"<]*")*)\s*(?<empty>\/?)>|[^<]+/gy;

const LEGAL = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/** The first fault, or an empty string. */
export function checkXml(text: string): string {
  if (!LEGAL.test(text)) return 'illegal character';
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) return 'bare &';
  const open: string[] = [];
  let end = 0;
  for (const token of text.matchAll(TOKEN)) {
    end = token.index + token[0].length;
    const { close, name, attributes, empty } = token.groups ?? {};
    if (name === undefined) continue;
    const names = [...(attributes ?? '').matchAll(/([a-z]+)="/g)].map(([, attribute]) => attribute);
    const twice = names.find((attribute, index) => names.indexOf(attribute) !== index);
    if (twice !== undefined) return `attribute ${twice} twice`;
    if (close === '/') {
      const last = open.pop();
      if (last !== name) return `closes ${last} with ${name}`;
    } else if (empty !== '/') open.push(name);
  }
  if (end !== text.length) return `stray text at ${end}`;
  return open.length === 0 ? '' : `${open.at(-1)} is open`;
}
