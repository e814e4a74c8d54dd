/** What every verb on objects works with: the stored objects and the injected sources. */
import type { Clock } from '../../store/clock.ts';
import type { Ids } from '../../store/ids.ts';
import type { KubeObject, ResourceName } from '../kube.ts';
import type { ObjectStore } from './object-store.ts';

export interface Core {
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Who writes, and through which door. */
export interface WriteOptions {
  /** The field manager. */
  readonly manager: string;
  readonly subresource?: 'status' | 'scale' | 'finalize' | 'ephemeralcontainers';
  /** The object carries the managedFields that it shall have (server-side apply computed them). */
  readonly managed?: boolean;
}

export interface DeleteOptions {
  readonly graceSeconds?: number;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** What is left of a deleted object: `gone`, or still there with a deletionTimestamp. */
export interface Deleted {
  readonly object: KubeObject;
  readonly gone: boolean;
}

/** An object by its address. */
export interface ObjectAddress {
  readonly resource: ResourceName;
  readonly namespace: string | undefined;
  readonly name: string;
}
