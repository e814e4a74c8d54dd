/** `cub auth get-token`: the token without a newline, for use in a header. */
import type { Run } from '../cub.ts';
import { Failure } from '../failure.ts';

export const run: Run = (call) => {
  if (call.session.accessToken === '')
    return Promise.reject(new Failure("not authenticated. Please run 'cub auth login' first"));
  call.around.out(call.session.accessToken);
  return Promise.resolve();
};
