import { defineConfig } from 'tsdown';

// core is private: what is published carries it, types included. Only its types know zod; no line of zod is in the code.
export default defineConfig({
  entry: ['src/index.ts', 'src/rules.ts'],
  format: 'esm',
  dts: { eager: true },
  platform: 'neutral',
  target: 'es2024',
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  deps: { alwaysBundle: [/^@rollcall\/core/], neverBundle: ['zod'] },
  clean: true,
});
