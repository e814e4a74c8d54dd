/** Which places a block spells: what is missed here is not noticed when it is left behind. */
import { expect, test } from 'vitest';
import { findSpelledPaths } from '../../../runner/execution/spelled-paths.ts';

const folders = { root: '/r', work: '/r/w', home: '/r/h', temp: '/r/t', world: '/r/o', blocks: '/r/b' };

test.each([
  ['echo x >/tmp/a 2>"/tmp/b c"; cat \'/tmp/c\'', ['/tmp/a', '/tmp/b', '/tmp/c']],
  ['cp a /tmp/a/b.txt; mkdir -p --mode=700 --target=/opt/x', ['/tmp/a/b.txt', '/opt/x']],
  ['touch ~/a $HOME/b "${HOME}/c" "$HOME"/d', ['/r/h/a', '/r/h/b', '/r/h/c', '/r/h/d']],
  ['x=$TMPDIR/a; y=${TMPDIR}/b', ['/r/t/a', '/r/t/b']],
  ['(cd /tmp&&touch /tmp/x/;touch /tmp/y)', ['/tmp', '/tmp/x', '/tmp/y']],
  ['curl https://host/path a/b ./c ../d $X/e ${X}/f', []],
  ['touch /tmp/a-$X /tmp/b-* /tmp/c-{1,2}', []],
])('%s', (source, expected) => {
  expect(findSpelledPaths(source, folders)).toEqual(expected);
});
