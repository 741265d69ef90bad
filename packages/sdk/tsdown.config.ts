import { defineConfig } from 'tsdown';

// core is private: what is published carries it, types included
export default defineConfig({
  entry: ['src/index.ts', 'src/rules.ts'],
  format: 'esm',
  dts: true,
  platform: 'neutral',
  target: 'es2024',
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  deps: { alwaysBundle: [/^@rollcall\/core/] },
  clean: true,
});
