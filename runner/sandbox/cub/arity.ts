/** cobra's checks of the number of arguments, with its texts. */
import type { Arity } from './cub.ts';
import { Failure } from './failure.ts';

/** Throws Failure if there are too many or too few. */
export function checkArity(arity: Arity | undefined, count: number): void {
  const complaint = arity === undefined ? undefined : complain(arity, count);
  if (complaint !== undefined) throw new Failure(complaint);
}

function complain(arity: Arity, count: number): string | undefined {
  const [kind, low] = arity;
  switch (kind) {
    case 'exactly':
      return count === low ? undefined : `accepts ${low} arg(s), received ${count}`;
    case 'most':
      return count <= low ? undefined : `accepts at most ${low} arg(s), received ${count}`;
    case 'least':
      return count >= low ? undefined : `requires at least ${low} arg(s), only received ${count}`;
    case 'between':
      return count >= low && count <= arity[2]
        ? undefined
        : `accepts between ${low} and ${arity[2]} arg(s), received ${count}`;
  }
}
