/**
 * How often signing in may fail from one address within a minute, whatever organizations it names. Each attempt costs a hash, also at an organization that
 * does not exist, and of those there is always another; real names count the same, so that nothing tells the two apart. Kept by each node for itself, which it protects.
 */
import { type Instant, toMilliseconds } from '@rollcall/core/instant';
import { Memory } from '../registry/memory.ts';

const windowMilliseconds = 60_000;
const mostAddresses = 10_000;

export interface AddressLimit {
  /** Counts an attempt as failed from its beginning on, so that those made at the same moment count too. Answers how many seconds to wait where there were too many. */
  begin(source: string, at: Instant): number | undefined;
  /** Takes the newest attempt back: it did not fail. */
  forgive(source: string): void;
}

interface Failures {
  readonly since: number;
  count: number;
}

export function limitAddresses(most: number): AddressLimit {
  const known = new Memory<Failures>(mostAddresses);

  return {
    begin(source, at) {
      const now = toMilliseconds(at);
      const before = known.get(source);
      if (before === undefined || before.since + windowMilliseconds <= now) {
        known.set(source, { since: now, count: 1 });
        return undefined;
      }
      if (before.count >= most) return Math.max(1, Math.ceil((before.since + windowMilliseconds - now) / 1000));
      before.count += 1;
      return undefined;
    },
    forgive(source) {
      const failures = known.get(source);
      if (failures && failures.count > 0) failures.count -= 1;
    },
  };
}
