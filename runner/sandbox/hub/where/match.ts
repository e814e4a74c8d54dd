/** Matches a pattern against a text in time proportional to both: all possible states move on together (Thompson). */
import { badRequest } from '../errors.ts';
import type { Pattern } from './pattern.ts';

type Step =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' | 'done' }
  /** Continues at each of the steps. */
  | { readonly kind: 'fork'; readonly to: readonly number[] };

const MAX_STEPS = 4000;

/** A test for "the pattern occurs somewhere in the text". Throws 400 if the repetitions multiply to something huge. */
export function compileMatcher(pattern: Pattern): (text: string) => boolean {
  const steps: Step[] = [];
  emit(steps, pattern);
  steps.push({ kind: 'done' });
  return (text) => run(steps, Array.from(text));
}

function emit(steps: Step[], pattern: Pattern): void {
  if (steps.length > MAX_STEPS) throw badRequest('regular expression is too large');
  switch (pattern.kind) {
    case 'character':
    case 'start':
    case 'end':
      steps.push(pattern);
      return;
    case 'sequence':
      for (const item of pattern.items) emit(steps, item);
      return;
    case 'choice':
      emitChoice(steps, pattern.items);
      return;
    case 'repeat':
      emitRepeat(steps, pattern.item, pattern.min, pattern.max);
      return;
  }
}

function emitChoice(steps: Step[], items: readonly Pattern[]): void {
  const fork = reserve(steps);
  const starts: number[] = [];
  const ends: number[] = [];
  for (const item of items) {
    starts.push(steps.length);
    emit(steps, item);
    ends.push(reserve(steps));
  }
  steps[fork] = { kind: 'fork', to: starts };
  for (const end of ends) steps[end] = { kind: 'fork', to: [steps.length] };
}

function emitRepeat(steps: Step[], item: Pattern, min: number, max: number): void {
  for (let count = 0; count < min; count += 1) emit(steps, item);
  if (max === Infinity) {
    const fork = reserve(steps);
    emit(steps, item);
    steps.push({ kind: 'fork', to: [fork] });
    steps[fork] = { kind: 'fork', to: [fork + 1, steps.length] };
    return;
  }
  const forks: number[] = [];
  for (let count = min; count < max; count += 1) {
    forks.push(reserve(steps));
    emit(steps, item);
  }
  for (const fork of forks) steps[fork] = { kind: 'fork', to: [fork + 1, steps.length] };
}

function reserve(steps: Step[]): number {
  return steps.push({ kind: 'fork', to: [] }) - 1;
}

function run(steps: readonly Step[], characters: readonly string[]): boolean {
  let current = new Set<number>();
  for (let at = 0; at <= characters.length; at += 1) {
    const open = follow(steps, [...current, 0], at === 0, at === characters.length);
    if (open.has(steps.length - 1)) return true;
    const character = characters[at];
    if (character === undefined) return false;
    current = new Set();
    for (const index of open) {
      const step = steps[index];
      if (step?.kind === 'character' && step.matches(character)) current.add(index + 1);
    }
  }
  return false;
}

/** All steps that can be reached without taking a character. */
function follow(
  steps: readonly Step[],
  from: readonly number[],
  atStart: boolean,
  atEnd: boolean,
): Set<number> {
  const seen = new Set<number>();
  const waiting = [...from];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (seen.has(index)) continue;
    seen.add(index);
    const step = steps[index];
    if (step?.kind === 'fork') waiting.push(...step.to);
    if ((step?.kind === 'start' && atStart) || (step?.kind === 'end' && atEnd)) waiting.push(index + 1);
  }
  return seen;
}
