/** symbols:file and symbols:namespace: files of `k8s/` and of excerpts that are not there, and namespaces that are one letter off. */
import { suggest } from '../../text/suggest.ts';
import { callsOf, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding, LintContext, Page, Rule } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { collectNames } from '../symbols/collect-names.ts';
import { valuesOf } from '../symbols/loop-values.ts';
import { mayEqual, type NameWord } from '../symbols/may-equal.ts';
import { flagOf, placeOf } from './call-text.ts';

const RULES: readonly Rule[] = [
  {
    code: 'symbols:file',
    title: 'A file that is not in the repository',
    severity: 'error',
    explanation:
      'A chapter starts in a folder with a copy of the repository’s `k8s/`. This file is not there, and no block writes it.',
    bad: 'kubectl apply -f k8s/traderx/no-such-file.yaml',
    good: 'kubectl apply -f k8s/traderx/reference-data.yaml',
  },
  {
    code: 'symbols:namespace',
    title: 'A namespace that is spelled almost like one of the page',
    severity: 'error',
    explanation:
      'The page creates a namespace of nearly this name. In a namespace that does not exist `kubectl get` finds nothing and says so as if all were well.',
    bad: 'kubectl create namespace demo-traderx\nkubectl get pods --namespace demo-tradrx',
    good: 'kubectl create namespace demo-traderx\nkubectl get pods --namespace demo-traderx',
  },
];

export const SYMBOL_FILES_FAMILY: Family = {
  rules: RULES,
  *check(page, context) {
    if (page.kind !== 'chapter') return;
    yield* checkFiles(page, context);
    yield* checkExcerpts(page, context);
    yield* checkNamespaces(page, context);
  },
};

const FILE = /^k8s\/[\w./-]+\.(?:ya?ml|json)$/;

/** Programs that make the files that they name. */
const WRITERS = new Set(['cp', 'curl', 'install', 'ln', 'mv', 'tee', 'touch', 'wget']);

function* checkFiles(page: Page, { readFile, pages }: LintContext): Iterable<Finding> {
  const written = new Set(
    [...pages.values()].flatMap(({ chapter }) =>
      chapter.blocks.flatMap((block) => (block.kind === 'file' ? [block.path] : [])),
    ),
  );
  for (const command of page.commands) {
    const { name = '', words, redirects, script } = command;
    if (page.scripts[script]?.block.kind === 'skip') continue;
    for (const item of redirects)
      if (item.type === 'Redirect' && item.target !== undefined) written.add(item.target.value);
    if (WRITERS.has(name)) for (const { value = '' } of words) written.add(value);
    for (const word of words) {
      const paths = valuesOf(command, word).map((value) => value.replace(/^\.\//, ''));
      const path = paths.find(
        (one) => FILE.test(one) && !word.glob && !written.has(one) && readFile(one) === undefined,
      );
      if (path === undefined) continue;
      yield {
        code: 'symbols:file',
        ...placeOf(word),
        message: `There is no file \`${path}\` in the repository, and no block writes it, so the command stops.`,
        hint: 'Correct the path, or write the file in a `.file` block.',
      };
    }
  }
}

function* checkExcerpts({ chapter }: Page, { readFile }: LintContext): Iterable<Finding> {
  for (const block of chapter.blocks) {
    if (block.kind !== 'excerpt' || readFile(block.of) !== undefined) continue;
    yield {
      code: 'symbols:file',
      start: block.span.start.offset,
      end: block.span.end.offset,
      message: `There is no file \`${block.of}\` in the repository, so nothing can show that this excerpt is true.`,
      hint: 'Write the path from the root of the repository in `of=`.',
    };
  }
}

function* checkNamespaces(page: Page, context: LintContext): Iterable<Finding> {
  const calls = callsOf(page, context.contract).filter(({ help, open }) => !help && !open);
  const made = [
    ...calls.flatMap(createdBy),
    // A space's namespace is called like the space.
    ...[...context.pages.values()].flatMap((other) =>
      collectNames(other, context).made.flatMap(({ kind, name }) => (kind === 'space' ? [name] : [])),
    ),
  ];
  for (const call of calls) {
    if (call.program.name !== 'kubectl') continue;
    const word = flagOf(call, 'namespace')?.valueWord;
    if (word === undefined || word.many || made.some((name) => mayEqual(name, word))) continue;
    const near = suggest(
      plain(word),
      made.map(plain).filter((name) => name.length > 5),
    );
    if (near === undefined) continue;
    yield {
      code: 'symbols:namespace',
      ...placeOf(word),
      message: `The page makes no namespace \`${plain(word)}\`; \`kubectl\` would look into an empty one.`,
      hint: `Did you mean \`${near}\`?`,
    };
  }
}

/** Namespaces that a call makes under a name of its own. */
function createdBy(call: ProgramCall): readonly ShellWord[] {
  const isOwn = call.program.name === 'kubectl' && call.path === 'create namespace';
  const worker = call.path === 'worker install' ? flagOf(call, 'namespace')?.valueWord : undefined;
  return isOwn ? call.args.slice(0, 1) : worker === undefined ? [] : [worker];
}

function plain({ text }: NameWord): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
