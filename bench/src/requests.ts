import { type Rollcall, startRollcall } from '@rollcall/e2e/rollcall';
import autocannon from 'autocannon';
import { type Measurement, percentileOf, timed } from './measurement.ts';

const sizes = [10_000, 100_000] as const;
const seconds = 5;

/** What a token check costs, and a first page at growing numbers of sessions; all against the empty request of the same server. */
export async function measureRequests(): Promise<Measurement[]> {
  const rollcall = await startRollcall();
  try {
    const authorization = `Bearer ${await signIn(rollcall)}`;
    return [await measureTokenCheck(rollcall, authorization), ...(await measureFirstPages(rollcall, authorization))];
  } finally {
    await rollcall.end();
  }
}

async function measureTokenCheck(rollcall: Rollcall, authorization: string): Promise<Measurement> {
  return {
    name: 'GET /api/Authentication',
    figure: await throughput(`${rollcall.url}/api/Authentication`, authorization),
    baseline: await throughput(`${rollcall.url}/health/live`, authorization),
    baselineName: 'GET /health/live',
    unit: 'requests/s',
  };
}

async function throughput(url: string, authorization: string): Promise<number> {
  const result = await autocannon({ url, duration: seconds, connections: 32, headers: { authorization } });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result.requests.average;
}

async function measureFirstPages(rollcall: Rollcall, authorization: string): Promise<Measurement[]> {
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
