import { defineConfig } from 'vitest/config';

/** Packages resolve to their sources here; child processes in `test/e2e` load the built packages as a user would. */
const source = { conditions: ['brownout-source', 'node', 'import', 'module', 'default'] };

/**
 * These use real sockets and real clocks, and some compare two processes moment by moment: a machine that stands still
 * for a while makes them fail, a real difference makes them fail every time.
 */
const realTime = { retry: 2 };

/** These take minutes each, and are there for `pnpm test:mutants` and `pnpm test:rules`. */
const long = [
  ...(process.env['BROWNOUT_RULES'] === 'mutants' ? [] : ['dashboards/test/mutation.test.ts']),
  ...(process.env['BROWNOUT_RULES'] === 'all'
    ? []
    : ['dashboards/test/executed.test.ts', 'dashboards/test/replay-target.test.ts']),
];

export default defineConfig({
  resolve: source,
  ssr: { resolve: source },
  test: {
    // One kind after the other: what fills both cores does not run beside what looks at the clock.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
          include: [
            'packages/*/src/**/*.test.ts',
            'tools/**/*.test.ts',
            'collector/test/**/*.test.ts',
            'dashboards/test/**/*.test.ts',
            'examples/*/{src,demo,run}/**/*.test.ts',
          ],
          exclude: long,
        },
      },
      {
        extends: true,
        test: {
          ...realTime,
          name: 'contract',
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          include: ['test/contract/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...realTime,
          name: 'e2e',
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
          maxConcurrency: 2,
          testTimeout: 60_000,
          include: ['test/e2e/**/*.test.ts'],
        },
      },
      {
        extends: true,
        // Builds the Collector where there is none, which takes minutes: for `pnpm test:stack` alone.
        test: {
          ...realTime,
          name: 'stack',
          sequence: { groupOrder: 3 },
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 1_200_000,
          include: ['test/stack/**/*.test.ts'],
        },
      },
    ],
  },
});
