/** `cub space new-prefix`: two words that no space's name begins with. The first free pair, so that a page prints the same twice. */
import type { Invocation } from '../cub.ts';
import { entitiesOf, partOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { say } from '../print.ts';

const FIRST = ['amber', 'brisk', 'calm', 'dusty', 'eager', 'fluffy', 'gentle', 'happy', 'icy', 'jolly'];
const SECOND = [
  'badger',
  'cedar',
  'falcon',
  'harbor',
  'island',
  'maple',
  'otter',
  'puffin',
  'raven',
  'willow',
];

export async function run(call: Invocation): Promise<void> {
  const { value } = await call.hub.ask({ method: 'GET', path: '/space' });
  const taken = entitiesOf(value).map((item) => textOf(partOf(item, 'Space'), 'Slug'));
  const pairs = SECOND.flatMap((second) => FIRST.map((first) => `${first}-${second}`));
  const prefix = pairs.find((pair) => !taken.some((slug) => slug.startsWith(pair)));
  if (prefix === undefined) throw new Failure('every prefix is taken');
  say(call, call.flags.on('json') ? JSON.stringify({ Prefix: prefix }, null, 2) : prefix);
}
