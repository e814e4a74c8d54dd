/** The headings above a block, and the slug that names blocks without an id of their own. */

/** A part of the page between two headings. */
export interface Section {
  /** Counts from 0, the part before the first heading. */
  readonly number: number;
  /** Unique in the page, as GitHub builds anchors; `start` before the first heading. */
  readonly slug: string;
  /** Texts of the headings above, outermost first. */
  readonly headings: readonly string[];
}

export interface Sections {
  enter(heading: { readonly depth: number; readonly text: string }): void;
  current(): Section;
}

/** The sections of one page. */
export function openSections(): Sections {
  const slugs = createNames();
  let open: readonly { readonly depth: number; readonly text: string }[] = [];
  let current: Section = { number: 0, slug: slugs.claim('start'), headings: [] };
  return {
    enter(heading) {
      open = [...open.filter(({ depth }) => depth < heading.depth), heading];
      current = {
        number: current.number + 1,
        slug: slugs.claim(slugify(heading.text)),
        headings: open.map(({ text }) => text),
      };
    },
    current: () => current,
  };
}

/** A heading's anchor as GitHub writes it: lower case, blanks to hyphens, punctuation gone. `section` if nothing is left. */
export function slugify(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
  return slug === '' ? 'section' : slug;
}

/** Names that are given once: `claim` appends `-1`, `-2` … to a name that is taken. */
export interface Names {
  claim(name: string): string;
  reserve(name: string): boolean;
}

export function createNames(): Names {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return {
    reserve(name) {
      if (taken.has(name)) return false;
      taken.add(name);
      return true;
    },
    claim(name) {
      let unique = name;
      for (let count = next.get(name) ?? 1; taken.has(unique); count += 1) {
        unique = `${name}-${count}`;
        next.set(name, count + 1);
      }
      taken.add(unique);
      return unique;
    },
  };
}
