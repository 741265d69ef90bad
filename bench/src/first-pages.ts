import { type Rollcall, startRollcall } from '@rollcall/e2e/rollcall';
import { type Measurement, percentileOf, timed } from './measurement.ts';

const sizes = [10_000, 100_000] as const;

/** A first page at growing numbers of sessions in the embedded database, against the empty request of the same server. */
export async function measureFirstPages(): Promise<Measurement[]> {
  const rollcall = await startRollcall();
  try {
    return await measurePages(rollcall, `Bearer ${await signIn(rollcall)}`);
  } finally {
    await rollcall.end();
  }
}

async function measurePages(rollcall: Rollcall, authorization: string): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  let filled = 0;
  for (const size of sizes) {
    await rollcall.command(['demo', '--sessions', String(size - filled), '--seed', String(size)]);
    filled = size;
    const baseline = await latency(`${rollcall.url}/health/live`, authorization);
    for (const path of ['/api/UserRequests', '/api/UserRequests?search=chrome', '/api/UserRequestStatistics']) {
      measurements.push({
        name: `GET ${path} at ${size.toLocaleString('en')} sessions, p95`,
        figure: await latency(`${rollcall.url}${path}`, authorization),
        baseline,
        baselineName: 'GET /health/live, p95',
        unit: 'ms',
      });
    }
  }
  return measurements;
}

async function latency(url: string, authorization: string): Promise<number> {
  const figures: number[] = [];
  for (let request = 0; request < 100; request += 1) {
    figures.push(
      await timed(async () => {
        const answer = await fetch(url, { headers: { authorization } });
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      }),
    );
  }
  return percentileOf(figures.slice(10), 0.95);
}

async function signIn(rollcall: Rollcall): Promise<string> {
  const answer = await rollcall.client().api.POST('/api/Authentication', {
    body: { method: 'password', ...rollcall.administrator },
  });
  if (!answer.data?.token) throw new Error('the administrator could not sign in');
  return answer.data.token;
}
