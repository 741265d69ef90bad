/** `npm run bench [-- <part> …] [--seconds N] [--largest N]`: prints every figure beside a baseline of the same run. */
import { parseArgs } from 'node:util';
import { measureBrowser } from './browser.ts';
import { measureCore } from './core.ts';
import { measureEnds } from './ends.ts';
import { measureFirstPages } from './first-pages.ts';
import { tableOf } from './measurement.ts';
import { measureMemory } from './memory.ts';
import { measurePeers } from './peers.ts';
import { measureEmbeddedSearches, measureSearches } from './searches/measure-searches.ts';
import { measureSizes } from './sizes.ts';
import { measureStartUp } from './start-up.ts';
import { markdownOf, type Table } from './table.ts';
import { measureTokenChecks } from './token-checks.ts';
import { measureVerifier } from './verifier.ts';

interface Extent {
  /** For which a server is put under load at a time. */
  readonly seconds: number;
  /** No more sessions than so many are searched. */
  readonly largest: number;
}

const parts: Readonly<Record<string, (extent: Extent) => Promise<Table | Table[]>>> = {
  core: async () => tableOf(await measureCore()),
  'start-up': async () => tableOf(await measureStartUp()),
  'first-pages': async () => tableOf(await measureFirstPages()),
  'token-checks': ({ seconds }) => measureTokenChecks(seconds),
  verifier: async () => tableOf(await measureVerifier()),
  peers: ({ seconds }) => measurePeers(seconds),
  sizes: ({ seconds }) => measureSizes(seconds),
  searches: ({ largest }) => measureSearches(largest),
  'searches-embedded': ({ largest }) => measureEmbeddedSearches(largest),
  browser: measureBrowser,
  ends: measureEnds,
  memory: async () => tableOf(await measureMemory()),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string' }, largest: { type: 'string' } },
});
const chosen = positionals.length === 0 ? Object.keys(parts) : positionals;
const seconds = Number(values.seconds ?? 2);
if (!(seconds > 0)) throw new Error(`--seconds is ${values.seconds}: it must be a number above 0`);
const largest = Number(values.largest ?? 1_000_000);
if (!(largest >= 10_000)) throw new Error(`--largest is ${values.largest}: it must be a number from 10000`);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there is only ${Object.keys(parts).join(', ')}`);

for (const [name, measure] of Object.entries(parts)) {
  if (!chosen.includes(name)) continue;
  console.log(`\n## ${name}`);
  for (const table of [await measure({ seconds, largest })].flat()) console.log(`\n${markdownOf(table)}`);
}
