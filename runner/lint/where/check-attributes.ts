/** Are the attributes of a clause those of the entity, and compared with what they hold? */
import { suggest } from '../../text/suggest.ts';
import type { AttributeKind, Entity } from '../contract/contract.ts';
import type { WhereFault, WhereLiteral, WhereTerm } from './where.ts';

type Entities = Readonly<Record<string, Entity>>;

/** Attributes that exist and cannot be asked for. */
const HIDDEN: Readonly<Record<string, string>> = {
  Annotations: 'Annotations cannot be asked for; use a label',
  Data: 'configuration is asked for by `--where-data` with `--resource-type`',
  LiveState: 'what is live is asked for in the cluster, by `kubectl get`',
  MutationSources: 'changes are listed by `cub mutation list`',
  Status: 'ask for the revisions: `LiveRevisionNum < HeadRevisionNum`',
  UnappliedChanges: 'ask for `HeadRevisionNum > LiveRevisionNum`',
  UpgradeNeeded: 'ask for `UpstreamRevisionNum < UpstreamUnit.HeadRevisionNum`',
  Name: 'the name is called `Slug`',
  Space: 'write `Space.Slug`',
  Target: 'write `Target.Slug`',
  Upstream: 'write `UpstreamUnit.Slug`',
  Label: 'write `Labels.KEY`',
};

/** The faults of the terms, for an entity type. */
export function checkAttributes(
  terms: readonly WhereTerm[],
  type: string,
  entities: Entities,
): readonly WhereFault[] {
  return terms.flatMap((term) => {
    const kind = resolve(term.left, type, entities);
    if (kind === 'unknown') return [unknownAttribute(term, type, entities)];
    return kind === undefined || term.length ? [] : checkKind(term, kind);
  });
}

/** Undefined: something that is not known well enough to say more. */
function resolve(name: string, type: string, entities: Entities): AttributeKind | 'unknown' | undefined {
  const entity = Object.hasOwn(entities, type) ? entities[type] : undefined;
  if (entity === undefined) return undefined;
  const [first = '', ...rest] = name.split('.');
  const kind = Object.hasOwn(entity.attributes, first) ? entity.attributes[first] : undefined;
  if (kind !== undefined) {
    if (kind === 'strings') return rest.length > 0 ? 'string' : undefined;
    if (kind === 'flags') return rest.length > 0 ? 'boolean' : undefined;
    return rest.length === 0 ? kind : 'unknown';
  }
  if (rest.length === 0) return 'unknown';
  const related = first === type ? type : entity.relations[first];
  return related === undefined ? 'unknown' : resolve(rest.join('.'), related, entities);
}

function unknownAttribute({ left, start }: WhereTerm, type: string, entities: Entities): WhereFault {
  const names = Object.keys(entities[type]?.attributes ?? {});
  const [first = ''] = left.split('.');
  const hidden = Object.hasOwn(HIDDEN, first) ? HIDDEN[first] : undefined;
  const near =
    suggest(left, names) ??
    suggest(first, names) ??
    names.find((name) => name.toLowerCase() === `${first.toLowerCase()}s`);
  const place = { kind: 'attribute', start, end: start + left.length } as const;
  if (/^(?:spec|metadata|data|status|apiVersion|kind|image|replicas)\b/.test(left)) {
    return {
      ...place,
      message: `\`${left}\` is a path in the configuration, which \`--where\` does not look into, so the hub refuses the clause.`,
      hint: `Write \`--resource-type apps/v1/Deployment --where-data "${left.startsWith('spec') ? left : 'spec.replicas'} = …"\`.`,
    };
  }
  return {
    ...place,
    message: `A ${type} has no attribute \`${left}\`, so the hub refuses the clause.`,
    hint:
      hidden === undefined
        ? near === undefined
          ? `Its attributes are ${names.join(', ')}.`
          : `Did you mean \`${near}\`?`
        : `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)}.`,
  };
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const PATTERNS = /LIKE|~/;

/** What is wrong, and what to write instead. */
type Advice = readonly [message: string, hint: string];

function checkKind(term: WhereTerm, kind: AttributeKind): readonly WhereFault[] {
  const [first] = term.right;
  if (first === undefined || first.kind === 'name') return [];
  const advice =
    adviseKind(term, first, kind) ?? (first.kind === 'string' ? adviseText(term, first, kind) : undefined);
  if (advice === undefined) return [];
  const [message, hint] = advice;
  const end = first.start + first.text.length + (first.kind === 'string' ? 2 : 0);
  return [{ kind: 'grammar', start: first.start, end, message, hint }];
}

function adviseKind(
  { left, operator }: WhereTerm,
  first: WhereLiteral,
  kind: AttributeKind,
): Advice | undefined {
  if (kind === 'integer' && PATTERNS.test(operator)) {
    return [
      `\`${left}\` is a number, which \`${operator}\` cannot compare.`,
      'Use =, !=, <, >, <=, >= or IN.',
    ];
  }
  if (kind === 'integer' && first.kind !== 'integer') {
    return [
      `\`${left}\` is a number and is compared with one without quotes.`,
      `Write \`${left} ${operator} 1\`.`,
    ];
  }
  if (kind === 'boolean' && first.kind !== 'boolean') {
    return [`\`${left}\` is true or false.`, `Write \`${left} = true\`, without quotes.`];
  }
  if (kind !== 'string' || first.kind === 'string') return undefined;
  return [
    `\`${left}\` is a text and is compared with one in quotes.`,
    `Write \`${left} ${operator} '${first.text}'\`.`,
  ];
}

/** Words that stand for an id on a page. */
const STAND_INS = /^$|uuid|[-_]id$|your/i;

function adviseText(
  { left, operator }: WhereTerm,
  { text }: WhereLiteral,
  kind: AttributeKind,
): Advice | undefined {
  if (kind === 'string' && operator.endsWith('LIKE') && text.includes('*') && !text.includes('%')) {
    return [
      '`*` stands for itself here, so nothing is found.',
      'The sign for any text is `%`, for one character `_`.',
    ];
  }
  if (kind !== 'uuid' || text.includes('\0') || STAND_INS.test(text) || UUID.test(text)) return undefined;
  const name = `${left.replace(/ID$/, '')}.Slug`;
  return [
    `\`${left}\` is an id and never \`${text}\`, so nothing is found.`,
    `Ask for a name: \`${name} = '${text}'\`.`,
  ];
}
