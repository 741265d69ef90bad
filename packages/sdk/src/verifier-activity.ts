/** What sessions did while their tokens were remembered: told to the service now and then, of each session the newest. */
import { toInstant } from '@rollcall/core/instant';
import { isOutage } from './outage.ts';
import { reportedClient, type TokenClient } from './verifier-client.ts';
import type { ActivityReport } from './wire.ts';

type Report = ActivityReport['activities'];

export interface SeenActivity {
  /** Milliseconds of a clock that never goes backwards, as `monotonic` has them. */
  note(requestId: string, client: TokenClient | undefined, at: number): void;
  /** Resolves once everything that was noted before the call has been told. What an outage kept back is told with the next. */
  flush(): Promise<void>;
}

interface Needs {
  readonly send: (activities: Report) => Promise<void>;
  readonly flushEveryMs: number;
  /** Sessions for which something is kept; beyond that, what is oldest is given up. */
  readonly capacity: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly monotonic: () => number;
}

interface Seen {
  readonly at: number;
  readonly client: TokenClient | undefined;
}

/** As many as the service takes at once. */
const most = 1000;

export function seeActivity({ send, flushEveryMs, capacity, clock, monotonic }: Needs): SeenActivity {
  let waiting = new Map<string, Seen>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const turn = last.then(tell);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function tell(): Promise<void> {
    const told = [...waiting];
    waiting = new Map();
    // Asking what time it is once is enough, and no step of the clock moves what was seen.
    const since1970 = clock() - monotonic();
    for (let start = 0; start < told.length; start += most) {
      try {
        await send(told.slice(start, start + most).map((seen) => written(seen, since1970)));
      } catch (error) {
        if (isOutage(error)) keep(told.slice(start));
        throw error;
      }
    }
  }

  function keep(untold: [string, Seen][]): void {
    waiting = new Map([...untold, ...waiting]);
    makeRoom();
  }

  function makeRoom(): void {
    for (const requestId of waiting.keys()) {
      if (waiting.size <= capacity) return;
      waiting.delete(requestId);
    }
  }

  return {
    note(requestId, client, at) {
      waiting.set(requestId, { at, client: client ?? waiting.get(requestId)?.client });
      if (waiting.size > capacity) makeRoom();
      timer ??= setTimeout(() => void flush().catch(() => undefined), flushEveryMs);
    },
    flush,
  };
}

function written([requestId, { at, client }]: [string, Seen], since1970: number): Report[number] {
  const reported = client && reportedClient(client);
  return { requestId, at: toInstant(since1970 + at), ...(reported && { client: reported }) };
}
