/** Looks an image up as a container runtime would ask its registry, and words the refusal as that registry does. */
import type { CatalogueImage, ImageTag } from './catalogue.ts';
import { parseImageReference, type ImageReference } from './image-reference.ts';

export interface FoundImage {
  readonly reference: ImageReference;
  readonly image: CatalogueImage;
  readonly tag: ImageTag;
  /** `repository@sha256:…`: made from the reference where the catalogue lists no digest. */
  readonly id: string;
}

export type ImageLookup =
  | { readonly kind: 'found'; readonly found: FoundImage }
  /** `error` is what the runtime answers to the kubelet. */
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'invalid'; readonly error: string };

/** Finds `text` among `images`. */
export function findImage(images: readonly CatalogueImage[], text: string): ImageLookup {
  const reference = parseImageReference(text);
  if (reference === undefined)
    return { kind: 'invalid', error: `couldn't parse image name "${text}": invalid reference format` };
  const image = images.find(({ repository }) => repository === reference.repository);
  if (image === undefined)
    return { kind: 'refused', error: refusal(reference, unknownRepository(reference)) };
  const tag = findTag(image, reference);
  if (tag === undefined) return { kind: 'refused', error: refusal(reference, notFound(reference)) };
  const digest = tag.digest ?? `sha256:${derivedDigest(`${image.repository} ${tag.bytes}`)}`;
  return { kind: 'found', found: { reference, image, tag, id: `${image.repository}@${digest}` } };
}

function findTag(image: CatalogueImage, { tag, digest }: ImageReference): ImageTag | undefined {
  if (digest !== undefined) return Object.values(image.tags).find((listed) => listed.digest === digest);
  return Object.hasOwn(image.tags, tag) ? image.tags[tag] : undefined;
}

interface Refusal {
  /** The gRPC code; the kubelet hides `Unknown`. */
  readonly code: 'NotFound' | 'Unknown';
  readonly text: string;
}

function refusal({ full }: ImageReference, { code, text }: Refusal): string {
  const prefix = code === 'Unknown' ? '' : `rpc error: code = ${code} desc = `;
  return `${prefix}failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${text}`;
}

function notFound({ full }: ImageReference): Refusal {
  return { code: 'NotFound', text: `${full}: not found` };
}

/** Registries differ in how they refuse a repository that is not there. */
function unknownRepository(reference: ImageReference): Refusal {
  const path = reference.repository.slice(reference.registry.length + 1);
  switch (reference.registry) {
    case 'docker.io':
      return {
        code: 'Unknown',
        text: 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      };
    case 'ghcr.io': {
      const scope = encodeURIComponent(`repository:${path}:pull`);
      return {
        code: 'Unknown',
        text: `failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=${scope}&service=ghcr.io: 403 Forbidden`,
      };
    }
    default:
      return notFound(reference);
  }
}

/** 64 hexadecimal digits that depend only on `source`. */
export function derivedDigest(source: string): string {
  let digits = '';
  for (let part = 0; part < 8; part += 1) {
    let hash = 2_166_136_261;
    for (const byte of new TextEncoder().encode(`${part} ${source}`))
      hash = Math.imul(hash ^ byte, 16_777_619);
    hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
    digits += ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
  }
  return digits;
}
