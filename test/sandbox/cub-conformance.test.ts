/** Our cub prints what the original was recorded to print, against a fresh hub per scenario. */
import { describe, expect, it } from 'vitest';
import { ours, readScenarios, runScenario } from '../support/cub-scenario.ts';

const files = await readScenarios(new URL('../conformance/cub/', import.meta.url));

for (const { file, scenarios } of files) {
  describe(file, () => {
    for (const scenario of scenarios) {
      it(scenario.name, async () => {
        const steps = scenario.steps.filter((step) => step.cub !== undefined);
        const expected = steps.map(({ cub, out = '', err = '', exit = 0 }) => ({ cub, out, err, exit }));
        const outcomes = await runScenario(scenario, ours);
        expect(outcomes.map((outcome, at) => ({ cub: steps[at]?.cub, ...outcome }))).toEqual(expected);
      });
    }
  });
}
