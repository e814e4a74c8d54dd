/**
 * Splits a fence's info string into its language and our attribute list. Braces of other tools (`{1,3-5}`) are left
 * alone; braces that hold a class, an id or a key are ours, so a typing error in them is never taken for foreign.
 */
import { suggest } from '../text/suggest.ts';
import { parseAttributes, type Attribute, type AttributeFault } from './attributes.ts';
import { roleOf, ROLE_NAMES, ROLES } from './roles.ts';
import { decodeWord } from './scan.ts';

/** An info string with offsets in it. `attributes` is absent where no braces are ours. */
export interface InfoString {
  /** The first word, its entities decoded, in lower case; '' if there is none. */
  readonly language: string;
  readonly attributes?: readonly Attribute[];
  readonly faults: readonly AttributeFault[];
}

/** Reads everything after the fence marker. */
export function parseInfoString(info: string): InfoString {
  const language = decodeWord(/^\s*([^\s{]+)/.exec(info)?.[1] ?? '').toLowerCase();
  const faults: AttributeFault[] = [];
  let attributes: readonly Attribute[] | undefined;
  let at = info.indexOf('{');
  while (at !== -1) {
    const list = parseAttributes(info, at + 1);
    const end = list.end;
    if (isOurs(list.items, info.slice(at, end))) {
      faults.push(...list.faults, ...placeFaults(info, at, end));
      if (attributes !== undefined)
        faults.push({ start: at, end, message: 'a fence has one attribute list' });
      attributes ??= list.items;
    }
    at = info.indexOf('{', end);
  }
  if (attributes === undefined) faults.push(...findBareRole(info));
  return { language, faults, ...(attributes !== undefined && { attributes }) };
}

/** A role that has lost its braces: `text .expect`, `text expect`, `text [.expect]`, or `.expect` in the language's place. */
function findBareRole(info: string): readonly AttributeFault[] {
  const words = [...info.matchAll(/(?<!\S)[^\s#]\S*/g)];
  const faults = words.slice(0, 2).flatMap((word, index) => {
    const [, dot, name = ''] = /^[[({<]*(\.?)(\p{L}+)[\])}>:,]*$/u.exec(word[0].toLowerCase()) ?? [];
    const role = roleOf(name) ?? (dot === '.' ? suggest(name, ROLE_NAMES) : undefined);
    if (role === undefined || (index === 0 && dot === '')) return [];
    const message = `\`${word[0]}\` is no role without its braces: write \`{.${role}}\``;
    return [{ start: word.index, end: word.index + word[0].length, message }];
  });
  return faults.slice(0, 1);
}

function isOurs(items: readonly Attribute[], text: string): boolean {
  return (
    items.some(({ kind, name }) => kind !== 'flag' || roleOf(name) !== undefined || isFlag(name)) ||
    /[{\s][.#][\p{L}]|[{\s]\p{L}[\p{L}-]*=/u.test(text)
  );
}

function isFlag(name: string): boolean {
  return Object.values(ROLES).some((rule) => rule.flags.includes(name));
}

function placeFaults(info: string, start: number, end: number): readonly AttributeFault[] {
  const faults: AttributeFault[] = [];
  const before = info.charAt(start - 1);
  const text = info.slice(start, end);
  if (!text.endsWith('}')) faults.push({ start, end, message: 'the attribute list is not closed by `}`' });
  if (before === '{' || text.startsWith('{{')) {
    faults.push({ start, end, message: 'an attribute list has single braces' });
  } else if (start > 0 && !/\s/.test(before)) {
    faults.push({ start, end, message: 'a blank must stand between the language and `{`' });
  } else if (/\S\s{2,}$/.test(info.slice(0, start))) {
    faults.push({ start, end, message: 'one blank stands between the language and `{`' });
  }
  const forbidden = /[`[\]]/.exec(text);
  if (forbidden !== null) {
    const at = start + forbidden.index;
    faults.push({
      start: at,
      end: at + 1,
      message: `\`${forbidden[0]}\` may not stand in an attribute list`,
    });
  }
  return faults;
}
