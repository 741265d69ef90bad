/** What an application pays for a token that its verifier remembers. */
import { createVerifier } from '@rollcall/sdk/verifier';
import { type Measurement, medianOf, timed } from './measurement.ts';

const sessions = 1000;
const calls = 500_000;
const rounds = 5;
const client = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0' };

/** On one core, against a map of whole tokens that is asked by an async function: no clock, no constant time, no activity. */
export async function measureVerifier(): Promise<Measurement[]> {
  const tokens = Array.from({ length: sessions }, (_, index) => tokenNumber(index));
  const verifier = createVerifier({
    baseUrl: 'http://rollcall.test',
    rememberMs: 3_600_000,
    flushEveryMs: 3_600_000,
    fetch: () => Response.json({ active: true, notActive: [] }),
  });
  const known = new Map<string, unknown>();
  for (const token of tokens) known.set(token, await verifier.verify(token, client));
  const plain = async (token: string) => known.get(token);

  const figures: number[] = [];
  const baselines: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    baselines.push(await perSecond(plain, tokens));
    figures.push(await perSecond((token) => verifier.verify(token, client), tokens));
  }
  await verifier.close();
  return [
    {
      name: 'verifier: a remembered token',
      figure: medianOf(figures),
      baseline: medianOf(baselines),
      baselineName: 'async Map.get',
      unit: 'checks/s',
    },
  ];
}

async function perSecond(verify: (token: string) => Promise<unknown>, tokens: readonly string[]): Promise<number> {
  // as they come out of requests: none is a text that was seen before
  const presented = tokens.map((token) => Buffer.from(token).toString());
  const milliseconds = await timed(async () => {
    for (let call = 0; call < calls; call += 1) await verify(presented[call % sessions] ?? '');
  });
  return (calls / milliseconds) * 1000;
}

function tokenNumber(index: number): string {
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return `rct_00000000-0000-4000-8000-000000000000.${id}.1.${String(index).padEnd(43, 'A')}`;
}
