/** Now, and the zone to write it in, for whoever looks at a page. */
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';

const tickMilliseconds = 5_000;

interface Told {
  /** The server's time when it answered. */
  readonly now: () => Instant;
  /** The one that the server knew of. */
  readonly timeZone: () => string;
}

/** Goes on from the server's time, so that a browser's wrong clock does not show; only ticks while somebody reads it. */
export class ViewerTime {
  timeZone: string;
  readonly #aheadBy: number;
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, tickMilliseconds);
    return () => clearInterval(timer);
  });

  constructor({ now, timeZone }: Told) {
    this.timeZone = $derived(timeZone());
    this.#aheadBy = $derived(toMilliseconds(now()) - Date.now());
  }

  get now(): Instant {
    this.#subscribe();
    return toInstant(Date.now() + this.#aheadBy);
  }
}

export const [useViewerTime, provideViewerTime] = createContext<ViewerTime>();
