/** Runs an automaton over one line: every state is entered at most once per character, whatever the pattern. */
import type { Budget, Program } from './pattern.ts';

interface Thread {
  readonly at: number;
  /** Start and end offsets of the captures, by slot. */
  readonly slots: readonly number[];
}

/**
 * The slots of the preferred match of the whole line, or undefined. Takes from the budget; a line for which it does not
 * last does not match.
 */
export function runPattern(program: Program, line: string, budget: Budget): readonly number[] | undefined {
  const chars = Array.from(line);
  const seen = new Int32Array(program.length).fill(-1);
  let threads: Thread[] = [];
  let offset = 0;
  let matched: readonly number[] | undefined;
  const enter = (list: Thread[], from: Thread, index: number): void => {
    const pending = [from];
    for (let thread = pending.pop(); thread !== undefined; thread = pending.pop()) {
      const { at, slots } = thread;
      const instruction = program[at];
      if (instruction === undefined || seen[at] === index) continue;
      seen[at] = index;
      budget.steps -= 1;
      if (instruction.kind === 'jump') pending.push({ at: instruction.to, slots });
      else if (instruction.kind === 'split') {
        pending.push({ at: instruction.second, slots }, { at: instruction.first, slots });
      } else if (instruction.kind === 'save')
        pending.push({ at: at + 1, slots: slots.with(instruction.slot, offset) });
      else if (instruction.kind === 'assert') {
        if (instruction.holds(chars[index - 1] ?? '', chars[index] ?? ''))
          pending.push({ at: at + 1, slots });
      } else list.push(thread);
    }
  };
  const slotCount = program.reduce(
    (most, step) => (step.kind === 'save' ? Math.max(most, step.slot + 1) : most),
    0,
  );
  enter(threads, { at: 0, slots: Array.from({ length: slotCount }, () => 0) }, 0);
  for (const [index, char] of chars.entries()) {
    if (threads.length === 0 || budget.steps < 0) return undefined;
    const next: Thread[] = [];
    offset += char.length;
    for (const { at, slots } of threads) {
      const instruction = program[at];
      budget.steps -= 1;
      if (instruction?.kind === 'char' && instruction.accepts(char))
        enter(next, { at: at + 1, slots }, index + 1);
    }
    threads = next;
  }
  matched = threads.find(({ at }) => program[at]?.kind === 'match')?.slots;
  return budget.steps < 0 ? undefined : matched;
}
