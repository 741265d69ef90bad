import { defineConfig } from 'tsdown';
import { ensureTemplate } from './src/database/embedded/template.ts';
import { templateIn } from './src/database/embedded/template-directory.ts';

// One file for each thread that is started: workspace packages are TypeScript source, which node will not strip under
// node_modules. PGlite stays outside, because it reads its own files from beside itself.
const production = {
  format: 'esm',
  platform: 'node',
  target: 'node24',
  dts: false,
  sourcemap: true,
  deps: { alwaysBundle: [/.*/], neverBundle: [/^@electric-sql\/pglite/] },
  outExtensions: () => ({ js: '.js' }),
  // not the template, which takes seconds
  clean: ['dist/*.js', 'dist/*.map'],
} as const;

export default defineConfig([
  { ...production, entry: { main: 'src/main.ts' } },
  {
    ...production,
    entry: { 'database-worker': 'src/database/embedded/worker.ts' },
    hooks: { 'build:done': ({ options }) => ensureTemplate(templateIn(options.outDir)) },
  },
]);
