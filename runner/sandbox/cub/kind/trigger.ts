/** Triggers: functions that run when units change. */
import { flagOf, optionalIdOf, partOf, partsOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { argumentRow, commonRows, rowIf, spaceSlugOf } from './details.ts';

export const triggerKind: Kind = {
  word: 'trigger',
  segment: 'trigger',
  shape: 'Trigger',
  id: 'TriggerID',
  include: 'SpaceID,BridgeWorkerID',
  flag: 'trigger',
  missingIn: 'slug',
  columns: [
    'Trigger.Slug',
    'Space.Slug',
    'BridgeWorker.Slug',
    'Trigger.Event',
    'Trigger.Validating',
    'Trigger.Disabled',
    'Trigger.Enforced',
    'Trigger.ToolchainType',
    'Trigger.FunctionName',
    'Trigger.Arguments',
  ],
  header: [
    'Name',
    'Space',
    'Worker',
    'Event',
    'Validating',
    'Disabled',
    'Enforced',
    'Toolchain-Type',
    'Function-Name',
    'Num-Args',
  ],
  row: (item, call) => {
    const trigger = partOf(item, 'Trigger');
    return [
      textOf(trigger, 'Slug'),
      spaceSlugOf(item, call, textOf(trigger, 'TriggerID')),
      textOf(partOf(item, 'BridgeWorker'), 'Slug'),
      textOf(trigger, 'Event'),
      ...['Validating', 'Disabled', 'Enforced'].map((field) => String(flagOf(trigger, field))),
      textOf(trigger, 'ToolchainType'),
      textOf(trigger, 'FunctionName'),
      String(partsOf(trigger, 'Arguments').length),
    ];
  },
  details: (trigger) => [
    ...commonRows(trigger, 'TriggerID'),
    ...rowIf('Worker ID', optionalIdOf(trigger, 'BridgeWorkerID')),
    ['Event', textOf(trigger, 'Event')],
    ...['Validating', 'Disabled', 'Enforced'].map(
      (field) => [field, String(flagOf(trigger, field))] as const,
    ),
    ['Toolchain Type', textOf(trigger, 'ToolchainType')],
    ['Function Name', textOf(trigger, 'FunctionName')],
    ...partsOf(trigger, 'Arguments').flatMap(argumentRow),
  ],
};
