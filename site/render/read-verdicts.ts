/** What of an output was compared: a reader must see which of it may be otherwise for him. */
import type { Block, StreamName } from '../../runner/chapter/chapter.ts';
import type { MatchKind, VaryingPart } from '../../runner/expectation/expectation.ts';
import type { ReportBlock, ReportVerdict } from '../../runner/report/report.ts';

/** How far a stream was compared. `partly`: by its fields, or for what must not be there, so not line by line. */
export interface Comparison {
  readonly extent: 'by lines' | 'partly' | 'not at all';
  readonly varying: readonly VaryingPart[];
  /** Lines that no check looks at. */
  readonly passedOver: ReadonlySet<number>;
}

/** Those that say nothing of lines. */
const NOT_BY_LINES: ReadonlySet<MatchKind> = new Set(['subset', 'absent']);

/** What the checks of a stream say; a check that did not hold says nothing. */
export function readVerdicts(block: Block, { expectations }: ReportBlock, stream: StreamName): Comparison {
  const kinds = new Map(
    block.kind === 'run' ? block.expectations.map(({ id, expectation }) => [id, expectation.match]) : [],
  );
  const checks = expectations.flatMap(({ block: id, stream: of, verdict }) =>
    of === stream && verdict.kind === 'held' ? [{ kind: kinds.get(id), verdict }] : [],
  );
  const byLines = checks.filter(({ kind }) => kind === undefined || !NOT_BY_LINES.has(kind));
  const [first, ...rest] = byLines.map(({ verdict }) => listPassedOver(verdict));
  return {
    extent: checks.length === 0 ? 'not at all' : byLines.length === 0 ? 'partly' : 'by lines',
    varying: checks.flatMap(({ verdict }) => verdict.varying),
    passedOver: rest.reduce((all, lines) => all.intersection(lines), first ?? new Set()),
  };
}

function listPassedOver({ passedOver = [] }: Extract<ReportVerdict, { kind: 'held' }>): Set<number> {
  return new Set(
    passedOver.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
}
