/** Chapters to one bash script: header, the helpers that are used, a function for each lesson and clean-up, and `main`. */
import type { Block, Chapter } from '../chapter/chapter.ts';
import type { Problem } from '../text/text.ts';
import { carryDefinitions, listShared } from './carry-definitions.ts';
import { HELPERS } from './data/helpers.ts';
import type { Phase, Script, ScriptRequest } from './export.ts';
import { quoteWord } from '../text/shell-word.ts';
import { findNeeds, renderChecks, renderHeader, type Needs } from './render-header.ts';
import { functionName, nameOf, renderCleanUp, renderLesson, type Part } from './render-lesson.ts';
import { splitPhases } from './split-phases.ts';

/** The script, and what forbids it. */
export function exportScript(request: ScriptRequest): Script {
  const { chapters, phase, capabilities } = request;
  const last = chapters.at(-1);
  if (last === undefined) return { text: '', problems: [] };
  const lessons = chapters.map((chapter) => makeLesson(chapter, phase));
  const cleanUps = phase === 'structure' ? [] : chapters.map(makeCleanUp).filter(hasBlocks).toReversed();
  const needs = findNeeds(
    chapters,
    lessons.flatMap(({ part }) => part.blocks),
  );
  const parts = [
    ...lessons.map(({ part }) => renderLesson(part, capabilities)),
    ...cleanUps.map(({ part }) => renderCleanUp(part, capabilities)),
  ].map((lines) => lines.join('\n'));
  const elsewhere = describeElsewhere(last, phase);
  const prefix = needs.takesPrefix ? ' (with the same MTX_PREFIX)' : '';
  const remedy = cleanUps.length > 0 ? `bash ${request.name} --clean-up${prefix} takes it down` : elsewhere;
  const sections = [
    renderHeader(request, last, needs, cleanUps.length > 0).join('\n'),
    [...renderDirectives(phase), 'set -euo pipefail'].join('\n'),
    ...renderHelpers(request, parts, needs, remedy),
    ...parts,
    renderMain(lessons, cleanUps, needs, request.name, elsewhere).join('\n'),
    'main "$@" </dev/null',
  ];
  return {
    text: `${sections.join('\n\n')}\n`,
    problems: [...lessons, ...cleanUps].flatMap(({ problems }) => problems),
  };
}

/** What ShellCheck cannot know, with the reason for each. */
function renderDirectives(phase: Phase): readonly string[] {
  const disable = (codes: string, why: string): string => `# shellcheck disable=${codes} # ${why}`;
  return [
    disable('SC2030,SC2031', 'each lesson has a shell of its own'),
    disable('SC2317,SC2329', 'steps are called by their name'),
    disable('SC1010', '`cub function do` is a command, and its `do` no keyword'),
    ...(phase === 'all' ? [] : [disable('SC2034,SC2154', 'the phases share variables')]),
  ];
}

interface Made {
  readonly part: Part;
  readonly problems: readonly Problem[];
}

function hasBlocks({ part }: Made): boolean {
  return part.blocks.length > 0;
}

function makeLesson(chapter: Chapter, phase: Phase): Made {
  const { structure, deploy } = splitPhases(chapter);
  if (phase === 'all')
    return { part: { chapter, blocks: [...structure, ...deploy], carried: [] }, problems: [] };
  const blocks = phase === 'structure' ? structure : deploy;
  const isEmpty = !blocks.some(({ kind }) => kind === 'run');
  const problems = isEmpty ? [describeEmpty(chapter, phase, deploy[0])] : [];
  const shared = listShared(structure, deploy);
  if (shared.length === 0) return { part: { chapter, blocks, carried: [] }, problems };
  const file = valuesFile(chapter);
  const part =
    phase === 'structure'
      ? { carried: [], kept: ['', '# For the deploy phase.', `remember ${file} ${shared.join(' ')}`] }
      : {
          carried: [
            '',
            '# What the structure phase set.',
            `require_file ${file} '${REMEDY}'`,
            '# shellcheck source=/dev/null',
            `. ./${file}`,
          ],
        };
  return { part: { chapter, blocks, ...part }, problems };
}

function makeCleanUp(chapter: Chapter): Made {
  const { structure, deploy, cleanups } = splitPhases(chapter);
  const { lines, problems } = carryDefinitions(chapter, [...structure, ...deploy], cleanups);
  return { part: { chapter, blocks: cleanups, carried: lines }, problems };
}

const REMEDY = 'run the structure phase in this folder first';

/** Where the structure phase keeps values for the deploy phase: beside the reader, in the folder of both. */
function valuesFile(chapter: Chapter): string {
  return `${nameOf(chapter)}.values`;
}

function describeEmpty({ file }: Chapter, phase: Phase, first: Block | undefined): Problem {
  const top = { line: 1, column: 1, offset: 0 };
  const isStructure = phase === 'structure';
  return {
    code: 'export:empty-phase',
    severity: 'error',
    file,
    span: isStructure && first !== undefined ? first.span : { start: top, end: top },
    message: isStructure
      ? 'The structure phase is empty: this block may change the cluster, and no run stands before it.'
      : 'The deploy phase is empty: no command of the chapter is known to change the cluster.',
    hint: 'Leave out --phase to export the whole chapter.',
  };
}

function renderHelpers(
  { name, capabilities }: ScriptRequest,
  parts: readonly string[],
  { tools, files }: Needs,
  remedy: string,
): readonly string[] {
  const used = Object.entries(HELPERS).filter(([helper]) =>
    parts.some((text) => new RegExp(`^(?:if )?${helper} `, 'm').test(text)),
  );
  return [
    renderStopped(name, remedy),
    ...(tools.length === 0 ? [] : [REQUIRE_TOOL]),
    ...(files.length === 0 && !parts.some((text) => text.includes('\nrequire_file ')) ? [] : [REQUIRE_FILE]),
    ...used.map(([, text]) => text.replace('@default@', capabilities.join(' '))),
  ];
}

function renderStopped(name: string, remedy: string): string {
  return `# stopped STATUS LINE: says where a lesson ended; why stands above it.
stopped() {
  echo "${name}: line $2 ended with status $1." >&2
  echo "If something is there already, from this run or an earlier one: ${remedy}." >&2
}`;
}

const REQUIRE_TOOL = `require_tool() {
  if ! command -v "$1" >/dev/null; then
    echo "There is no $1 on your PATH: install it, or run this script in \\\`mtx-doc sandbox\\\`." >&2
    exit 1
  fi
}`;

const REQUIRE_FILE = `require_file() {
  if [[ ! -e $1 ]]; then
    echo "There is no $1 here: $2." >&2
    exit 1
  fi
}`;

/** Which page's clean-up a script without one points to. */
function describeElsewhere({ file, blocks, meta }: Chapter, phase: Phase): string {
  const takesDown = (page: string): string => `the clean-up of ${page} takes down what this lesson makes`;
  if (blocks.some(({ kind }) => kind === 'cleanup'))
    return takesDown(phase === 'structure' ? `the deploy phase, or of ${file},` : file);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const needed = meta.needs.map((need) => folder + need);
  return needed.length > 0
    ? takesDown(needed.join(' and of '))
    : `${file} has none, so remove by hand what it makes`;
}

function renderMain(
  lessons: readonly Made[],
  cleanUps: readonly Made[],
  needs: Needs,
  name: string,
  elsewhere: string,
): readonly string[] {
  const usage = cleanUps.length === 0 ? `bash ${name}` : `bash ${name} [--clean-up]`;
  return [
    'main() {',
    ...renderChecks(needs),
    '  case "${1-}" in',
    "    '')",
    ...lessons.map(({ part }) => `      ${functionName('lesson', part.chapter)}`),
    '      ;;',
    ...(cleanUps.length === 0 ? renderNoCleanUpCase(elsewhere) : renderCleanUpCase(cleanUps)),
    '    *)',
    `      echo "usage: ${usage}" >&2`,
    '      exit 2',
    '      ;;',
    '  esac',
    '}',
  ];
}

function renderCleanUpCase(cleanUps: readonly Made[]): readonly string[] {
  return [
    '    --clean-up)',
    '      set +e',
    '      local status=0',
    ...cleanUps.flatMap(({ part }) => [
      `      ${functionName('clean_up', part.chapter)}`,
      '      status=$((status | $?))',
    ]),
    '      if [[ $status -ne 0 ]]; then',
    '        echo "Not all of it could be taken down, or some of it was gone already: see above." >&2',
    '      fi',
    '      exit "$status"',
    '      ;;',
  ];
}

function renderNoCleanUpCase(elsewhere: string): readonly string[] {
  return [
    '    --clean-up)',
    `      echo ${quoteWord(`This script has no clean-up: ${elsewhere}.`)} >&2`,
    '      exit 2',
    '      ;;',
  ];
}
