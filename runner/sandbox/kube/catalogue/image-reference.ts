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

const SHAPE =
  /^(?<path>[a-z0-9]+(?:(?:[._:]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Undefined where the text is no image reference (upper case, blanks): the kubelet's InvalidImageName. */
export function parseImageReference(image: string): ImageReference | undefined {
  const groups = SHAPE.exec(image)?.groups ?? SHAPE.exec(`docker.io/library/${image}`)?.groups;
  const raw = groups?.['path'];
  if (raw === undefined) return undefined;
  const [first = '', ...rest] = raw.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasRegistry ? first : 'docker.io';
  const path = hasRegistry ? rest.join('/') : raw;
  const repository = `${registry}/${registry === 'docker.io' && !path.includes('/') ? 'library/' : ''}${path}`;
  const digest = groups?.['digest'];
  const tag = groups?.['tag'] ?? (digest === undefined ? 'latest' : '');
  const full = digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`;
  return { repository, registry, tag, digest, full };
}
