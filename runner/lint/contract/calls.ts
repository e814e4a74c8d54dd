/** The calls of `cub` and `kubectl` on a page. Read once per page and contract, because several families look at them. */
import type { Page } from '../lint.ts';
import type { Call } from './call.ts';
import type { Contract, Program } from './contract.ts';
import { readCall } from './read-call.ts';

const known = new WeakMap<Page, WeakMap<Contract, readonly ProgramCall[]>>();

export interface ProgramCall extends Call {
  readonly program: Program;
}

/** In the order of the page. A program that the page itself defines as a function is left out. */
export function callsOf(page: Page, contract: Contract): readonly ProgramCall[] {
  const ofPage = known.get(page) ?? new WeakMap<Contract, readonly ProgramCall[]>();
  known.set(page, ofPage);
  const calls = ofPage.get(contract) ?? readCalls(page, contract);
  ofPage.set(contract, calls);
  return calls;
}

/** Those of `cub` alone. */
export function cubCalls(page: Page, contract: Contract): readonly ProgramCall[] {
  return callsOf(page, contract).filter(({ program }) => program.name === 'cub');
}

function readCalls(page: Page, { cub, kubectl }: Contract): readonly ProgramCall[] {
  const programs = new Map(
    [cub?.program, kubectl].flatMap((program) => (program ? [[program.name as string, program]] : [])),
  );
  return page.commands.flatMap((command) => {
    const program = programs.get(command.name ?? '');
    if (program === undefined || page.functions.has(program.name)) return [];
    const call = readCall(program, command);
    return call === undefined ? [] : [{ ...call, program }];
  });
}
