/** manifest:*: what is wrong with the Kubernetes manifests that a page writes or reads. */
import type { Family, Finding, LintContext, Page } from '../lint.ts';
import { checkContainers } from '../manifests/check-containers.ts';
import { checkFields } from '../manifests/check-fields.ts';
import { checkWorkload } from '../manifests/check-workload.ts';
import { readManifests } from '../manifests/read-manifests.ts';
import { MANIFEST_RULES } from './manifest-rules.ts';

export const MANIFESTS_FAMILY: Family = {
  rules: MANIFEST_RULES,
  *check(page: Page, context: LintContext): Iterable<Finding> {
    const { manifests, bad } = readManifests(page, context);
    for (const { start, end, message } of bad) {
      const hint = 'Correct the YAML: blanks for indenting, never tabs.';
      yield { code: 'manifest:yaml', start, end, message: `This is no YAML: ${message}`, hint };
    }
    for (const manifest of manifests) {
      for (const check of [checkFields, checkContainers, checkWorkload]) {
        for (const { code, path, message, hint } of check(manifest)) {
          yield { code, ...manifest.place(path), message: manifest.where(path) + message, hint };
        }
      }
    }
  },
};
