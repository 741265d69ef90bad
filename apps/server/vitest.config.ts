import { defineConfig } from 'vitest/config';
export default defineConfig({
  test: {
    name: 'server',
    include: ['src/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    expect: { requireAssertions: true },
    // a new thread with PostgreSQL compiled to WebAssembly takes its time on a busy machine
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
