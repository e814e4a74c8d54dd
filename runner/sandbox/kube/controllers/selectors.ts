/** Label selectors, as controllers evaluate them on objects that they already hold. */
import type { KubeObject } from '../kube.ts';
import { record, records, text, textMap, texts } from './fields.ts';

/** A `LabelSelector` (matchLabels, matchExpressions). An empty one matches everything; the caller decides what absence means. */
export function matchesSelector(selector: unknown, labels: Readonly<Record<string, string>> = {}): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  return (
    matchesLabels(textMap(matchLabels), labels) &&
    records(matchExpressions).every((expression) =>
      matchesExpression(
        labels[text(expression['key']) ?? ''],
        text(expression['operator']) ?? '',
        texts(expression['values']),
      ),
    )
  );
}

/** Whether a controller's selector covers these labels; that of a ReplicationController is a plain map. */
export function isSelectedBy(owner: KubeObject, labels: Readonly<Record<string, string>> = {}): boolean {
  const selector = owner.spec?.['selector'];
  return owner.kind === 'ReplicationController'
    ? matchesLabels(textMap(selector), labels)
    : matchesSelector(selector, labels);
}

/** Whether every wanted label is there with that value. */
export function matchesLabels(
  wanted: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** One requirement; also the label operators of node affinity. Unknown operators match nothing. */
export function matchesExpression(
  value: string | undefined,
  operator: string,
  values: readonly string[],
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}
