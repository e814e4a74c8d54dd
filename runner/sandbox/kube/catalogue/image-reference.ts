/** Image references, normalised as container runtimes do: `nginx` is `docker.io/library/nginx:latest`. */

export interface ImageReference {
  /** With registry, without tag or digest. */
  readonly repository: string;
  readonly registry: string;
  /** Empty where only a digest is given. */
  readonly tag: string;
  readonly digest: string | undefined;
  /** `repository:tag` or `repository@digest`. */
  readonly full: string;
}

const REST = /^(?<path>[^:@]+)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const REGISTRY = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?$|^[a-z0-9-]+:\d+$/i;

/** Undefined where the text is no image reference (upper case, blanks): the kubelet's InvalidImageName. */
export function parseImageReference(image: string): ImageReference | undefined {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const hasRegistry = REGISTRY.test(first);
  const registry = hasRegistry ? first : 'docker.io';
  const groups = REST.exec(hasRegistry ? image.slice(slash + 1) : image)?.groups;
  const path = groups?.['path'];
  if (path === undefined || !PATH.test(path)) return undefined;
  const isOfficial = registry === 'docker.io' && !path.includes('/');
  const repository = `${registry}/${isOfficial ? 'library/' : ''}${path}`;
  const digest = groups?.['digest'];
  const tag = groups?.['tag'] ?? (digest === undefined ? 'latest' : '');
  const full = digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`;
  return { repository, registry, tag, digest, full };
}
