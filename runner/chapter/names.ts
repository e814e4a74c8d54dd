/** Reports keys that a role does not know or that are given twice, with the key that was probably meant. */
import { suggest } from '../text/suggest.ts';
import type { RoleAttributes } from './attribute-reader.ts';
import type { Attribute } from './attributes.ts';
import type { Reporter } from './report.ts';
import { roleOf, ROLE_NAMES, ROLES, type Role } from './roles.ts';

/** Checks the names of keys and bare words against the table of roles. */
export function checkNames(role: Role, attributes: RoleAttributes, reporter: Reporter): void {
  const seen = new Set<string>();
  for (const item of attributes.items) {
    if (item.kind !== 'key' && item.kind !== 'flag') continue;
    if (seen.has(item.name)) {
      reporter.error('duplicate-key', attributes.place(item), `\`${item.name}\` is given twice`);
    } else if (!isKnown(role, item)) {
      reporter.error('unknown-key', attributes.place(item), ...explainKey(role, item));
    }
    seen.add(item.name);
  }
}

function isKnown(role: Role, item: Attribute): boolean {
  const { keys, flags } = ROLES[role];
  return item.kind === 'key' ? keys.includes(item.name) : flags.includes(item.name);
}

function explainKey(role: Role, item: Attribute): readonly [string, string] {
  const { keys, flags } = ROLES[role];
  if (flags.includes(item.name)) return [`\`${item.name}\` takes no value`, `write \`${item.name}\``];
  if (keys.includes(item.name)) return [`\`${item.name}\` needs a value`, `write \`${item.name}=…\``];
  const message = `\`.${role}\` has no key \`${item.name}\``;
  const near = suggest(item.name, [...keys, ...flags]);
  if (near !== undefined) return [message, `did you mean \`${near}\`?`];
  const other = ROLE_NAMES.find((name) => isKnown(name, item));
  if (other !== undefined) return [message, `it belongs to \`.${other}\``];
  if (item.kind === 'flag' && roleOf(item.name) !== undefined)
    return [message, `did you mean \`.${item.name}\`?`];
  const known = [...keys, ...flags].join(', ');
  return [message, known === '' ? 'it has none' : `known keys: ${known}`];
}
