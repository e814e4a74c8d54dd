/** `cub context set`: remembers the space for later commands. */
import type { Invocation } from '../cub.ts';
import { idOf, textOf } from '../entity.ts';
import { savedUrl, writeContext } from '../local-files.ts';
import { findSpace } from '../lookup.ts';
import { spaceFields } from '../space.ts';

export async function run(call: Invocation): Promise<void> {
  const context = { ...call.context, url: await savedUrl(call.around) };
  const name = call.flags.text('space');
  if (name === '') return writeContext(call.around, context);
  const space = await findSpace(call, name, spaceFields());
  return writeContext(call.around, {
    ...context,
    space: textOf(space, 'Slug'),
    spaceId: idOf(space, 'SpaceID'),
    organizationId: idOf(space, 'OrganizationID'),
  });
}
