import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

const wire = fileURLToPath(new URL('src/wire.ts', import.meta.url));

// Core is private: what is published carries it, types included. There its schemas are what openapi.json makes of them, so that nobody needs zod to
// read a type; schema.test.ts holds the two to each other.
const generatedSchemas = {
  name: 'generated-schemas',
  load: {
    order: 'pre',
    filter: { id: /\/core\/src\/schema\/[a-z-]+\.d\.ts$/ },
    handler: () => `export * from ${JSON.stringify(wire)};`,
  },
} as const;

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    rules: 'src/rules.ts',
    search: 'src/search.ts',
    'file-token-store': 'src/file-token-store.ts',
    verifier: 'src/verifier.ts',
    '*': 'src/adapters/{express,fastify,hono,node,sveltekit}.ts',
  },
  format: 'esm',
  dts: { eager: true },
  platform: 'neutral',
  target: 'es2022',
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  deps: { alwaysBundle: [/^@rollcall\/core/, 'ipaddr.js'] },
  // ipaddr.js says where it is in `main` alone, which a neutral platform does not read
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
  plugins: [generatedSchemas],
  clean: true,
});
