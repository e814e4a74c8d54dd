/** Slugs are made by the client; the rules are those of gosimple/slug with its English substitutions. */

const SUBSTITUTES: Readonly<Record<string, string>> = {
  '"': '',
  "'": '',
  '\u2019': '',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '&': 'and',
  '@': 'at',
};

/** Latin letters that Unicode does not decompose. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  œ: 'oe',
  Œ: 'OE',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};

/** Lower case ASCII letters, digits, `_` and single `-`; accents folded, everything else a dash, ends trimmed. */
export function makeSlug(name: string): string {
  const plain = Array.from(name.trim()).map(
    (character) => SUBSTITUTES[character] ?? LETTERS[character] ?? character,
  );
  return plain
    .join('')
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '');
}
