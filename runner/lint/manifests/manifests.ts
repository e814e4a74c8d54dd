/** Kubernetes manifests as the manifest rules see them. Types only. */

export type Value = unknown;
export type Fields = Readonly<Record<string, Value>>;

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** One document of a file that a page writes or reads. */
export interface Manifest {
  readonly value: Fields;
  /** `apps/v1/Deployment`; without a part that is missing. */
  readonly kind: string;
  /** Where a value stands in the page: itself, or the word that names its file. */
  place(path: Path): { readonly start: number; readonly end: number };
  /** Begins a message: empty, or the file and line where the page only names the file. */
  where(path: Path): string;
  /** A command of the page makes a unit of it as it is. */
  readonly isUnit: boolean;
}

/** Something that is wrong with a manifest, at a path. */
export interface ManifestFault {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
}

/** A file that cannot be read as YAML. */
export interface BadFile {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}
