/** Gives each fence of a chapter its role, and reports fences whose role, language or attributes do not fit. */
import { suggest, suggestOrList } from '../text/suggest.ts';
import type { RoleAttributes } from './attribute-reader.ts';
import { parseAttributes } from './attributes.ts';
import { checkNames } from './names.ts';
import { parseInfoString } from './info-string.ts';
import type { Reporter } from './report.ts';
import { roleOf, ROLE_NAMES, ROLES, SHELL_LANGUAGES, type Role } from './roles.ts';
import type { SourceComment, SourceFence, SourcePart } from './scan.ts';
import { openSections, type Section } from './section.ts';

/** A fence with a role. */
export interface MarkedFence {
  readonly fence: SourceFence;
  readonly role: Role;
  readonly language: string;
  readonly attributes: RoleAttributes;
  /** As written with `#`. */
  readonly id?: string;
  readonly section: Section;
}

const CLASSES = ROLE_NAMES.map((name) => `.${name}`);

const EXAMPLES: Readonly<Record<string, string>> = {
  bash: 'write `{.run}`, or `{.skip reason="…"}` if it shall not run',
  sh: 'write `{.run}`, or `{.skip reason="…"}` if it shall not run',
  console: 'write `{.run}`, or `{.skip reason="…"}` if it shall not run',
};

/** The fences with a role in page order. */
export function markFences(parts: readonly SourcePart[], reporter: Reporter): readonly MarkedFence[] {
  const sections = openSections();
  const marked: MarkedFence[] = [];
  let comment: SourceComment | undefined;
  for (const part of parts) {
    if (part.kind === 'heading') sections.enter(part);
    else if (part.kind === 'comment') {
      comment = part.above ? part : undefined;
      if (!part.above) reportStray(part, reporter);
    } else {
      const fence = markFence(part, comment, sections.current(), reporter);
      if (fence !== undefined) marked.push(fence);
      comment = undefined;
    }
  }
  return marked;
}

function reportStray(comment: SourceComment, reporter: Reporter): void {
  reporter.error(
    'stray-comment',
    comment.range,
    'this mtx comment stands above no fence',
    'write `<!-- mtx: .run -->` alone on the lines directly above a fence',
  );
}

function markFence(
  fence: SourceFence,
  comment: SourceComment | undefined,
  section: Section,
  reporter: Reporter,
): MarkedFence | undefined {
  const info = parseInfoString(fence.info);
  const inFence = (item: {
    readonly start: number;
    readonly end: number;
  }): { start: number; end: number } => ({
    start: fence.infoOffset + item.start,
    end: fence.infoOffset + item.end,
  });
  const whole = inFence({
    start: fence.info.length - fence.info.trimStart().length,
    end: fence.info.trimEnd().length,
  });
  for (const fault of info.faults) reporter.error('bad-attributes', inFence(fault), fault.message);
  const own = info.attributes && { items: info.attributes, place: inFence, range: whole };
  const above = comment && readComment(comment, reporter);
  if (own !== undefined && above !== undefined) {
    reporter.error(
      'bad-attributes',
      above.range,
      'this fence has attributes of its own',
      'keep one of the two',
    );
  }
  const attributes = own ?? above;
  if (attributes === undefined) {
    if (info.faults.length === 0 && SHELL_LANGUAGES.includes(info.language))
      reportUndeclared(info.language, whole, reporter);
    return undefined;
  }
  const role = readRole(attributes, reporter);
  if (role === undefined) return undefined;
  checkLanguage(role, info.language, whole, reporter);
  checkNames(role, attributes, reporter);
  const id = readId(attributes, reporter);
  return { fence, role, language: info.language, attributes, section, ...(id !== undefined && { id }) };
}

function readComment(comment: SourceComment, reporter: Reporter): RoleAttributes {
  const place = (item: { readonly start: number; readonly end: number }): { start: number; end: number } => ({
    start: comment.offsetOf(item.start),
    end: comment.offsetOf(item.end),
  });
  const { items, faults, end } = parseAttributes(comment.text, 0);
  for (const fault of faults) reporter.error('bad-attributes', place(fault), fault.message);
  if (/\S/.test(comment.text.slice(end))) {
    reporter.error('bad-attributes', place({ start: end - 1, end }), 'a comment needs no braces');
  }
  return { items, place, range: comment.range };
}

function reportUndeclared(language: string, range: { start: number; end: number }, reporter: Reporter): void {
  const hint = EXAMPLES[language] ?? 'write `bash {.run}`, or add `{.skip reason="…"}`';
  reporter.error('undeclared-fence', range, `this ${language} fence does not say whether it runs`, hint);
}

/** The role; a misspelt one is read as what was probably meant, so that one mistake gives one problem. */
function readRole(attributes: RoleAttributes, reporter: Reporter): Role | undefined {
  const classes = attributes.items.filter((item) => item.kind === 'class');
  const [first, second] = classes;
  if (first === undefined) {
    const bare = attributes.items.find((item) => item.kind === 'flag' && roleOf(item.name) !== undefined);
    const hint = suggestOrList(`.${bare?.name ?? ''}`, CLASSES);
    reporter.error('missing-role', attributes.range, 'these attributes name no role', hint);
    return undefined;
  }
  for (const { name, ...item } of classes) {
    if (roleOf(name) !== undefined) continue;
    const hint = suggestOrList(`.${name}`, CLASSES);
    reporter.error('unknown-class', attributes.place(item), `there is no role \`.${name}\``, hint);
  }
  if (second !== undefined) {
    reporter.error(
      'two-roles',
      attributes.place(second),
      'a fence has one role',
      `\`.${first.name}\` is already there`,
    );
  }
  return roleOf(first.name) ?? roleOf(suggest(first.name, ROLE_NAMES) ?? '');
}

function checkLanguage(
  role: Role,
  language: string,
  range: { start: number; end: number },
  reporter: Reporter,
): void {
  const { languages } = ROLES[role];
  if (language === '') {
    reporter.error(
      'missing-language',
      range,
      'this fence has no language',
      `write \`${languages?.[0] ?? 'text'} {.${role}}\``,
    );
  } else if (languages !== undefined && !languages.includes(language)) {
    const near = language === 'yml' ? 'did you mean `yaml`?' : suggestOrList(language, languages);
    reporter.error('bad-language', range, `a \`.${role}\` fence cannot be ${language}`, near);
  }
}

function readId(attributes: RoleAttributes, reporter: Reporter): string | undefined {
  const [first, second] = attributes.items.filter((item) => item.kind === 'id');
  if (second !== undefined) reporter.error('duplicate-key', attributes.place(second), 'a fence has one id');
  return first?.name;
}
