/** A request that was refused for its token is sent once more, with one that is newer. */
import type { Fetch } from './exchange.ts';
import { whyOver } from './session-watch.ts';

/**
 * Whoever shares a token store may have left a session for another while a request was under way. `renew` gives a refused request the newer token, or says
 * that there is none; then the refusal is the answer, and so it is of the second attempt.
 */
export function retryingWith(fetch: Fetch, renew: (refused: Request) => Promise<boolean>): Fetch {
  return async function fetchOnceMore(request) {
    // A body is read only once, so the copy is made while it is whole.
    const copy = request.clone();
    const response = await fetch(request);
    if (!(await whyOver(response)) || !(await renew(copy))) return response;
    await response.body?.cancel();
    return await fetch(copy);
  };
}
