/** What the linter is given besides files: contracts by name, and a reader of the repository's files. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Contract } from '../lint/contract/contract.ts';
import { CONTRACT_NAMES, openContract, openUsualContract } from '../lint/contract/open-contract.ts';
import { suggestOrList } from '../text/suggest.ts';
import { findRepository } from './repository.ts';
import { UsageError } from './usage-error.ts';

/** The contracts of a comma list; the usual one where there is none. Throws UsageError. */
export function chooseContracts(list: string | undefined): readonly Contract[] {
  if (list === undefined) return [openUsualContract()];
  return list.split(',').map((name) => {
    if (CONTRACT_NAMES.includes(name)) return openContract(name);
    throw new UsageError(`there is no contract ${name}`, suggestOrList(name, CONTRACT_NAMES));
  });
}

/** Reads files of the repository that the page `file` is in; undefined for what is not there. */
export function readerIn(cwd: string, file: string | undefined): (path: string) => string | undefined {
  const { root } = findRepository(cwd, file);
  return (path) => {
    try {
      return readFileSync(resolve(root, path), 'utf8');
    } catch {
      return undefined;
    }
  };
}
