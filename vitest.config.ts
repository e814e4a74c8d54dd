import { defineConfig } from 'vitest/config';

/**
 * `unit` is pure, `sandbox` opens servers on loopback, `e2e` starts the CLI as a process. `slow` (`npm run test:slow`) needs Go
 * and, the first time, ten minutes: a real control plane, and what takes minutes of the whole course. `site` looks at pages in
 * Chromium and belongs to the slow ones too.
 */
export default defineConfig({
  test: {
    reporters: process.env['CI'] === 'true' ? ['default', 'json'] : ['default'],
    outputFile: { json: '.cache/vitest.json' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/architecture.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: { name: 'sandbox', include: ['test/sandbox/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/*.test.ts', 'test/e2e/!(slow)/**/*.test.ts'],
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/e2e/slow/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 3_600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'site',
          include: ['test/site/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
