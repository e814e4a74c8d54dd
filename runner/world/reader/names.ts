/** What `--cluster` and `--hub` can name. */
import { WorldNotReady } from '../not-ready.ts';

const OURS: readonly string[] = ['emulator', 'control-plane'];

/** The context's name in `context:NAME`; undefined for the clusters that we open ourselves. Throws WorldNotReady for others. */
export function readClusterName(cluster: string): string | undefined {
  if (cluster.startsWith('context:')) return cluster.slice('context:'.length);
  if (OURS.includes(cluster)) return undefined;
  throw new WorldNotReady(
    `there is no cluster \`${cluster}\` in this version`,
    'Use --cluster emulator, control-plane or context:NAME, or leave the option out.',
  );
}

/** The origin of the hub's URL; undefined for the embedded one. Throws WorldNotReady. */
export function readHubUrl(hub: string): string | undefined {
  if (hub === 'embedded') return undefined;
  const remedy = 'Give `embedded`, or a URL such as https://hub.confighub.com.';
  if (!URL.canParse(hub) || !/^https?:/.test(hub))
    throw new WorldNotReady(`--hub \`${hub}\` is no URL of a hub`, remedy);
  const { username, password, origin } = new URL(hub);
  if (username !== '' || password !== '')
    throw new WorldNotReady('--hub holds a user or a password', 'Log in with `cub auth login` instead.');
  return origin;
}
