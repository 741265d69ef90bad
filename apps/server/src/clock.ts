/** The clock of a server, which many ask for the time within one request. */
import { type Instant, toInstant } from '@rollcall/core/instant';

/** Writes each millisecond's text once: that costs more than all else that a request does with the time. */
export function clockOf(milliseconds: () => number): () => Instant {
  let last = Number.NaN;
  let text: Instant = '';
  return function clock() {
    const now = milliseconds();
    if (now !== last) {
      text = toInstant(now);
      last = now;
    }
    return text;
  };
}
