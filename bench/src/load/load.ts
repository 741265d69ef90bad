/** What a server answers when it is asked as fast as it can answer, and how long each answer takes. */
import { readFile } from 'node:fs/promises';
import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';

export interface Target {
  readonly url: string;
  /** The headers of the requests, taken in turn: one for each session. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  /** The server's. */
  readonly pid: number;
}

export interface Load {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The share of one core that the server used; undefined where the system does not say. */
  readonly busy: number | undefined;
}

const connections = 50;

/** Throws when anything but a success is answered. */
export async function measureLoad({ url, headers, pid }: Target, seconds: number): Promise<Load> {
  const microseconds = createHistogram();
  const ownRequests = takingTurns(headers);
  const secondsBefore = await processorSeconds(pid);
  const began = performance.now();
  const result = await autocannon({
    url,
    duration: seconds,
    connections,
    setupClient(client) {
      client.setRequests(ownRequests());
      client.on('response', (_status, _bytes, milliseconds) => {
        microseconds.record(Math.max(1, Math.round(milliseconds * 1000)));
      });
    },
  });
  const elapsed = (performance.now() - began) / 1000;
  const secondsAfter = await processorSeconds(pid);
  if (result.non2xx > 0 || result.errors > 0 || microseconds.count === 0)
    throw new Error(`${url}: ${result['2xx']} answered, ${result.non2xx} refused, ${result.errors} failed`);
  return {
    requests: microseconds.count,
    requestsPerSecond: microseconds.count / result.duration,
    p50: microseconds.percentile(50) / 1000,
    p99: microseconds.percentile(99) / 1000,
    busy:
      secondsBefore === undefined || secondsAfter === undefined ? undefined : (secondsAfter - secondsBefore) / elapsed,
  };
}

// Every connection has sessions of its own, and together they have all of them.
function takingTurns(headers: Target['headers']): () => autocannon.Request[] {
  let connection = -1;
  return function ownRequests() {
    connection += 1;
    const own = headers.filter((_, index) => index % connections === connection % headers.length);
    return own.map((one) => ({ method: 'GET', headers: one }));
  };
}

// Linux counts them in hundredths.
async function processorSeconds(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  const [user, system] = text?.slice(text.lastIndexOf(')')).split(' ').slice(12, 14) ?? [];
  return user === undefined || system === undefined ? undefined : (Number(user) + Number(system)) / 100;
}
