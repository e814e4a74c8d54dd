/** `cub context get`. */
import type { Run } from '../cub.ts';
import { drawDetails, say } from '../print.ts';

export const run: Run = (call) => {
  const { context, session } = call;
  if (call.flags.on('space-slug-only')) say(call, context.space);
  else
    call.around.out(
      drawDetails([
        ['User Email', session.user.email],
        ['IDP User ID', session.user.id],
        ['IDP Organization ID', session.organizationId],
        ['ConfigHub URL', context.url],
        ['Space', `${context.space} (${context.spaceId})`],
        ['Organization', context.organizationId],
      ]),
    );
  return Promise.resolve();
};
