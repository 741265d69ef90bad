/** `npm run bench [-- <part> …] [--seconds N]`: prints every figure beside a baseline of the same run. */
import { parseArgs } from 'node:util';
import { measureBrowser } from './browser.ts';
import { measureCore } from './core.ts';
import { measureEnds } from './ends.ts';
import { measureFirstPages } from './first-pages.ts';
import { tableOf } from './measurement.ts';
import { measureMemory } from './memory.ts';
import { measurePeers } from './peers.ts';
import { measureSearches } from './searches.ts';
import { measureSizes } from './sizes.ts';
import { measureStartUp } from './start-up.ts';
import { markdownOf, type Table } from './table.ts';
import { measureTokenChecks } from './token-checks.ts';
import { measureVerifier } from './verifier.ts';

/** Each gets the seconds that a server is put under load at a time. */
const parts: Readonly<Record<string, (seconds: number) => Promise<Table>>> = {
  core: async () => tableOf(await measureCore()),
  'start-up': async () => tableOf(await measureStartUp()),
  'first-pages': async () => tableOf(await measureFirstPages()),
  'token-checks': measureTokenChecks,
  verifier: async () => tableOf(await measureVerifier()),
  peers: measurePeers,
  sizes: measureSizes,
  searches: measureSearches,
  browser: measureBrowser,
  ends: measureEnds,
  memory: async () => tableOf(await measureMemory()),
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' } } });
const chosen = positionals.length === 0 ? Object.keys(parts) : positionals;
const seconds = Number(values.seconds ?? 5);
if (!(seconds > 0)) throw new Error(`--seconds is ${values.seconds}: it must be a number above 0`);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there is only ${Object.keys(parts).join(', ')}`);

for (const [name, measure] of Object.entries(parts)) {
  if (!chosen.includes(name)) continue;
  console.log(`\n## ${name}\n\n${markdownOf(await measure(seconds))}`);
}
