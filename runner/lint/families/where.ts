/** where:grammar and where:attribute: clauses that the hub refuses, or the shell takes apart before it gets them. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { CubContract } from '../contract/contract.ts';
import type { Family, Finding, Page, Rule } from '../lint.ts';
import { checkAttributes } from '../where/check-attributes.ts';
import { parseWhere } from '../where/parse-where.ts';
import type { WhereFault } from '../where/where.ts';
import { splitWhere, whereFlags, type WhereFlag } from '../where/where-flags.ts';

const RULES: readonly Rule[] = [
  {
    code: 'where:grammar',
    title: 'A where clause that cannot be understood',
    severity: 'error',
    explanation:
      'A clause is a list of comparisons joined by AND: no OR, no NOT, no parentheses. Texts stand in single quotes, so the whole clause stands in double quotes on the command line, with nothing escaped: --where "Slug = \'web\'". Anything else is refused by the hub, or taken apart by the shell.',
    bad: `cub unit list --space demo --where "Slug = 'a' OR Slug = 'b'"`,
    good: `cub unit list --space demo --where "Slug IN ('a', 'b')"`,
  },
  {
    code: 'where:attribute',
    title: 'A where clause on something that the entity does not have',
    severity: 'error',
    explanation:
      'A clause compares attributes of an entity, such as Slug, Labels.KEY or HeadRevisionNum, spelt exactly so. What stands in the configuration itself is asked for by --where-data, with the path and --resource-type.',
    bad: 'cub unit list --space demo --where "spec.replicas > 1"',
    good: 'cub unit list --space demo --resource-type apps/v1/Deployment --where-data "spec.replicas > 1"',
  },
];

export const WHERE_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    for (const call of cubCalls(page, contract)) {
      const { cub } = contract;
      if (call.help || cub === undefined) continue;
      const split = splitWhere(call);
      if (split !== undefined) yield describeSplit(call, split);
      for (const where of whereFlags(call)) {
        if (where === split || where.flag.valueWord.many || where.flag === split?.flag) continue;
        for (const fault of findFaults(where, cub)) yield toFinding(page, where, fault);
      }
    }
  },
};

function describeSplit(call: ProgramCall, { flag }: WhereFlag): Finding {
  const rest = call.args.filter(({ start }) => start > flag.valueWord.start);
  const isEscaped = /\\["']/.test(flag.valueWord.text);
  return {
    code: 'where:grammar',
    start: flag.valueWord.start,
    end: rest.at(-1)?.end ?? flag.valueWord.end,
    message: isEscaped
      ? 'These quotes are escaped, so the shell takes the clause apart at its blanks and `cub` gets several arguments.'
      : 'This clause is not quoted, so the shell takes it apart at its blanks and `cub` gets several arguments.',
    hint: `Write --${flag.name} "Slug = 'web'": double quotes around the clause, single quotes around texts, nothing escaped.`,
  };
}

function findFaults({ flag, entity }: WhereFlag, cub: CubContract): readonly WhereFault[] {
  const isData = entity === 'data';
  const { terms, fault } = parseWhere(flag.shape, isData ? 'data' : 'attributes');
  const found = isData ? checkPaths(terms, cub) : checkAttributes(terms, entity ?? '', cub.entities);
  return fault === undefined ? found : [...found, fault];
}

/** A path starts with a field of a resource; attributes of the unit start with a capital. */
function checkPaths(terms: ReturnType<typeof parseWhere>['terms'], cub: CubContract): readonly WhereFault[] {
  const names = Object.keys(cub.entities['Unit']?.attributes ?? {});
  return terms.flatMap(({ left, start, operator, right }): readonly WhereFault[] => {
    const [first = ''] = left.split('.');
    const place = { start, end: start + left.length };
    if (names.includes(first) || cub.entities['Unit']?.relations[first] !== undefined) {
      const message = `\`${left}\` is an attribute of the unit; \`--where-data\` looks only into the configuration, so nothing is found.`;
      return [{ kind: 'attribute', ...place, message, hint: `Write \`--where "${left} ${operator} …"\`.` }];
    }
    if (!operator.endsWith('IN') || right.every(({ kind }) => kind === 'string')) return [];
    const message = '`IN` compares only texts in configuration data.';
    return [{ kind: 'grammar', ...place, message, hint: `Write \`${left} >= 1 AND ${left} <= 2\`.` }];
  });
}

/** The place inside the word, where the text of the word holds the faulty part as often as its value does. */
function toFinding(page: Page, { flag }: WhereFlag, fault: WhereFault): Finding {
  const { start, end } = flag.valueWord;
  const part = flag.shape.slice(fault.start, fault.end);
  const written = placesOf(page.source.slice(start, end), part);
  const read = placesOf(flag.shape, part);
  const at = written.length === read.length ? written[read.indexOf(fault.start)] : undefined;
  const place = at === undefined ? { start, end } : { start: start + at, end: start + at + part.length };
  return { code: `where:${fault.kind}`, ...place, message: fault.message, hint: fault.hint };
}

function placesOf(text: string, part: string): readonly number[] {
  if (part === '') return [];
  const places: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}
