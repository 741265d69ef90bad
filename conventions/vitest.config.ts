import { defineConfig } from 'vitest/config';
export default defineConfig({
  test: { name: 'conventions', include: ['src/**/*.test.ts'], expect: { requireAssertions: true } },
});
