import { defineConfig } from 'vitest/config';
export default defineConfig({
  test: {
    name: 'conventions',
    include: ['src/**/*.test.ts'],
    expect: { requireAssertions: true },
    // they read the whole repository, beside everything else that runs
    testTimeout: 60_000,
  },
});
