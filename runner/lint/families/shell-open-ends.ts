/** shell:* about what a block's text leaves open: bash runs it all the same, and what the author meant to run is lost. */
import type { HereDoc } from 'unbash';
import type { Family, Finding, PageScript, Rule } from '../lint.ts';
import { parseScript } from '../shell/read-script.ts';
import { placeIn, walk } from './shell-tree.ts';

const RULES: readonly Rule[] = [
  {
    code: 'shell:here-document',
    title: 'A here-document without its end',
    severity: 'error',
    explanation:
      'The end of a here-document is a line that is nothing but its mark. Without one, bash takes all lines that follow for text, runs none of them and ends with success.',
    bad: 'cat >web.yaml <<EOF\nkind: Pod\n  EOF\nkubectl apply -f web.yaml',
    good: 'cat >web.yaml <<EOF\nkind: Pod\nEOF\nkubectl apply -f web.yaml',
  },
  {
    code: 'shell:dangling-backslash',
    title: 'A last line that goes on nowhere',
    severity: 'error',
    explanation:
      'A `\\` at the end of a line says that the command goes on in the next one. After the last line nothing comes, so a part of the command is missing or the `\\` is too much.',
    bad: 'kubectl get pods \\',
    good: 'kubectl get pods \\\n  --namespace demo',
  },
];

export const SHELL_OPEN_ENDS_FAMILY: Family = {
  rules: RULES,
  *check(page) {
    if (page.kind === 'markdown') return;
    for (const script of page.scripts) {
      if (script.errors.length > 0) continue;
      yield* checkHereDocuments(script);
      yield* checkLastLine(script);
    }
  },
};

function checkHereDocuments(script: PageScript): readonly Finding[] {
  const found: Finding[] = [];
  walk(script.tree, (node) => {
    if (node.type !== 'HereDoc' || node.delimiter === undefined || node.closing !== undefined) return;
    found.push({
      code: 'shell:here-document',
      ...placeIn(script, node),
      message: `No line ends this here-document, so bash takes what follows it for text and does not run it.`,
      hint: explainEnd(node, node.delimiter.value),
    });
  });
  return found;
}

function explainEnd({ operator, body }: HereDoc, mark: string): string {
  const near = body.text.split('\n').find((line) => line.trim() === mark);
  const rule = `a line that is nothing but \`${mark}\``;
  if (near === undefined) return `End it with ${rule}.`;
  const indent =
    operator === '<<-' ? 'blanks in front of it (only tabs may stand there)' : 'blanks in front of it';
  return `End it with ${rule}: here it has ${/^\s/.test(near) ? indent : 'blanks behind it'}.`;
}

function* checkLastLine(script: PageScript): Iterable<Finding> {
  const text = script.text.replace(/\n+$/, '');
  const isOdd = (/\\+$/.exec(text)?.[0].length ?? 0) % 2 === 1;
  // In a comment it means nothing: a line with the rest of a pipe makes no sense after it.
  if (!isOdd || parseScript(`${text}\n| cat`).errors !== undefined) return;
  yield {
    code: 'shell:dangling-backslash',
    start: script.at(text.length - 1),
    end: script.at(text.length),
    message: 'The `\\` says that the command goes on, and nothing follows.',
    hint: 'Add the rest of the command, or take the `\\` away.',
  };
}
