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

function readCalls(page: Page, contract: Contract): readonly ProgramCall[] {
  return page.commands.flatMap((command) => {
    const { name } = command;
    if ((name !== 'cub' && name !== 'kubectl') || page.functions.has(name)) return [];
    const program = name === 'cub' ? contract.cub?.program : contract.kubectl;
    const call = program && readCall(program, command);
    return program === undefined || call === undefined ? [] : [{ ...call, program }];
  });
}
