/** `cub upgrade`: the original replaces its own file; ours belongs to the package that it came with. */
import { Failure } from '../failure.ts';

export function run(): Promise<void> {
  throw new Failure('the embedded cub is upgraded together with mtx-doc: npm install mtx-doc@latest');
}
