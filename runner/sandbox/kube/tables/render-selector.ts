/** Selectors as one line of text, as apimachinery's `labels` prints them: requirements in the order of their keys. */
import type { JsonObject } from '../kube.ts';
import { objectsAt, objectAt, textAt, textsAt } from '../schema/read-json.ts';

/** `app=web,tier in (a,b),!old`; '' for an empty selector. */
export function renderSelector(selector: JsonObject): string {
  const matchLabels = objectAt(selector, 'matchLabels');
  const labels = Object.keys(matchLabels).map((key) => ({ key, text: `${key}=${textAt(matchLabels, key)}` }));
  const expressions = objectsAt(selector, 'matchExpressions').map((expression) => ({
    key: textAt(expression, 'key'),
    text: renderExpression(expression),
  }));
  return [...labels, ...expressions]
    .toSorted((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)))
    .map(({ text }) => text)
    .join(',');
}

function renderExpression(expression: JsonObject): string {
  const key = textAt(expression, 'key');
  const values = textsAt(expression, 'values').toSorted().join(',');
  switch (textAt(expression, 'operator')) {
    case 'In':
      return `${key} in (${values})`;
    case 'NotIn':
      return `${key} notin (${values})`;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return key;
  }
}
