/** `cub unit edit`: opens a unit's data in `$EDITOR` and stores what was changed. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invocation } from '../cub.ts';
import { entityOf, idOf, textOf } from '../entity.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { encodeEntity } from '../model.ts';
import { showChanged } from '../print.ts';
import { drawUnit } from '../unit-view.ts';
import { awaitTriggers } from '../units.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  const unit = await findEntity(call, unitKind, name);
  const before = textOf(unit, 'Data');
  const Data = (await edit(call, Buffer.from(before, 'base64'))).toString('base64');
  if (Data === before) return call.around.out('No changes made\n');
  const body = encodeEntity('Unit', { ...unit, Data, LastChangeDescription: 'CLI edit' });
  const path = `/space/${idOf(unit, 'SpaceID')}/unit/${idOf(unit, 'UnitID')}`;
  const item = entityOf((await call.hub.ask({ method: 'PUT', path, body })).value);
  if (call.flags.on('wait')) await awaitTriggers(call, item);
  const draw = (): string => drawUnit(call, item);
  return showChanged(call, { verb: 'updated', word: 'unit', name, id: 'UnitID', shape: 'Unit', item, draw });
}

/** What an editor leaves in the file. The editor's own result does not matter. */
async function edit(call: Invocation, data: Uint8Array): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'cub-edit-'));
  const file = join(folder, 'unit.yaml');
  try {
    await writeFile(file, data);
    const [program = 'vi', ...words] = (call.around.env['EDITOR'] || 'vi').split(' ');
    await new Promise<void>((resolve) => {
      const editor = spawn(program, [...words, file], {
        stdio: 'inherit',
        cwd: call.around.cwd,
        env: { ...call.around.env },
      });
      editor.on('error', () => resolve());
      editor.on('exit', () => resolve());
    });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
