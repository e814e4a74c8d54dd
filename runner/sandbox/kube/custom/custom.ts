/** Custom resources: what a CustomResourceDefinition adds to what the emulator serves. */
import type { DiscoveredResource } from '../data/data.ts';
import type { GroupVersionKind, JsonObject } from '../kube.ts';

/** What one version of a definition says of its objects. */
export interface CustomKind {
  /** The version's `openAPIV3Schema`. */
  readonly schema: JsonObject;
  /** Its `additionalPrinterColumns`. */
  readonly columns: readonly JsonObject[];
  /** Where the number of replicas is; absent without the scale subresource. */
  readonly scale?: JsonObject;
  readonly hasStatus: boolean;
}

/** A resource of discovery, built in or defined by the user. */
export interface ServedResource extends DiscoveredResource {
  readonly custom?: CustomKind;
}

/** A kind, with the schema of its objects where a user defined it. */
export interface BodyKind extends GroupVersionKind {
  readonly schema?: JsonObject;
}
