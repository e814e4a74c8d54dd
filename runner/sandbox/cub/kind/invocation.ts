/** Invocations: saved calls of functions. */
import { optionalIdOf, partOf, partsOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { argumentRow, commonRows, rowIf, spaceSlugOf } from './details.ts';

export const invocationKind: Kind = {
  word: 'invocation',
  segment: 'invocation',
  shape: 'Invocation',
  id: 'InvocationID',
  include: 'SpaceID,BridgeWorkerID',
  flag: 'invocation',
  missingIn: 'slug',
  columns: [
    'Invocation.Slug',
    'Space.Slug',
    'BridgeWorker.Slug',
    'Invocation.ToolchainType',
    'Invocation.FunctionName',
    'Invocation.Arguments',
  ],
  header: ['Name', 'Space', 'Worker', 'Toolchain-Type', 'Function-Name', 'Num-Args'],
  row: (item, call) => {
    const invocation = partOf(item, 'Invocation');
    return [
      textOf(invocation, 'Slug'),
      spaceSlugOf(item, call, textOf(invocation, 'InvocationID')),
      textOf(partOf(item, 'BridgeWorker'), 'Slug'),
      textOf(invocation, 'ToolchainType'),
      textOf(invocation, 'FunctionName'),
      String(partsOf(invocation, 'Arguments').length),
    ];
  },
  details: (invocation) => [
    ...commonRows(invocation, 'InvocationID', { displayName: true }),
    ...rowIf('Worker ID', optionalIdOf(invocation, 'BridgeWorkerID')),
    ['Toolchain Type', textOf(invocation, 'ToolchainType')],
    ['Function Name', textOf(invocation, 'FunctionName')],
    ...partsOf(invocation, 'Arguments').flatMap(argumentRow),
    ...rowIf('Hash', textOf(invocation, 'Hash')),
  ],
};
