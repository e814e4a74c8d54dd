/** `mtx-doc plan`: what `run` would do with the same paths and options, without doing it. */
import { renderPlanJson, renderPlanTable } from '../report/render-plan.ts';
import { chooseStyle } from './colour.ts';
import type { RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import { loadPlan } from './load-plan.ts';

export const plan: RunCommand = async (input, host) => {
  const plan = await loadPlan(input, host);
  if (plan === undefined) return EXIT.usage;
  const world = { cluster: input.text('cluster') ?? '', hub: input.text('hub') ?? '' };
  const style = chooseStyle(input.text('color'), host.env, host.stdout);
  const render = input.text('format') === 'json' ? renderPlanJson : renderPlanTable;
  host.stdout.write(render(plan, world, style));
  return EXIT.ok;
};
