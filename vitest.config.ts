import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One graphql for our sources and for type-graphql, which loads the CommonJS build; two would not know each other's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Servers, databases and child processes start within tests; two cores serve them all.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
