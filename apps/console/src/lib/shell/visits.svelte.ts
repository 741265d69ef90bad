/** Going from one view of a page to another only once its data is there: while the server cannot be reached, what was loaded stays. */
import { createContext } from 'svelte';
import type { BeforeNavigate, goto, preloadData, refreshAll } from '$app/navigation';

/** The router, and what it takes to know when to hold it. */
interface Surroundings {
  readonly goto: typeof goto;
  readonly preloadData: typeof preloadData;
  readonly refreshAll: typeof refreshAll;
  /** Whether an address is one of the views of this page. */
  readonly isView: (routeId: string | null) => boolean;
  readonly isServerReady: () => Promise<boolean>;
}

export interface Visit {
  /** In place of the view that is left, in the browser's history. */
  readonly replace?: boolean;
}

export class Visits {
  /**
   * The view that was asked for and has not arrived: it is being loaded, or was lost with the server. What is chosen meanwhile starts from there, or the
   * choice before it would be lost.
   */
  destination: URL | undefined = $state.raw();
  /** Another view is being loaded. */
  isUnderWay = $state(false);
  isRefreshing = $state(false);
  isServerUnreachable = $state(false);
  readonly #surroundings: Surroundings;
  #latest = 0;
  #vouchedFor: string | undefined;
  #visit: Visit = {};

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Takes links and forms over. Going back is left alone: it cannot be held without disturbing the history. */
  takeOver(navigation: BeforeNavigate): void {
    const { type, to, from, willUnload } = navigation;
    if (to?.url.href === this.#vouchedFor) return;
    if (type === 'popstate' || willUnload || !to || !this.#surroundings.isView(to.route.id)) {
      this.abandon();
      return;
    }
    navigation.cancel();
    if (to.url.href !== from?.url.href) {
      void this.visit(to.url);
      return;
    }
    this.abandon();
    void this.refresh();
  }

  /** The latest visit wins, in whatever order the answers come. */
  async visit(url: URL, visit: Visit = {}): Promise<void> {
    this.#latest += 1;
    const turn = this.#latest;
    this.destination = url;
    this.#visit = visit;
    this.isUnderWay = true;
    const answer = await this.#surroundings.preloadData(url.href);
    if (turn !== this.#latest) return;
    if (answer.type !== 'redirect' && answer.status >= 500) {
      this.isUnderWay = false;
      this.isServerUnreachable = true;
      return;
    }
    await this.#arrive(answer.type === 'redirect' ? new URL(answer.location, url) : url, visit);
    if (turn === this.#latest) this.abandon();
  }

  /** Goes where an action leads, with everything loaded anew. That the server can be reached it has just shown. */
  land(url: URL): Promise<void> {
    this.abandon();
    return this.#arrive(url, { replace: true, refreshAll: true });
  }

  /** Loads everything on the page anew; where a view was lost, that view. */
  async refresh(): Promise<void> {
    if (this.destination && !this.isUnderWay) return this.visit(this.destination, this.#visit);
    if (this.isRefreshing) return;
    this.isRefreshing = true;
    try {
      this.isServerUnreachable = !(await this.#surroundings.isServerReady());
      if (!this.isServerUnreachable) await this.#surroundings.refreshAll();
    } finally {
      this.isRefreshing = false;
    }
  }

  /** Whoever went elsewhere is not called back by an answer that comes late. */
  abandon(): void {
    this.#latest += 1;
    this.destination = undefined;
    this.isUnderWay = false;
  }

  async #arrive(url: URL, arrival: Visit & { readonly refreshAll?: boolean }): Promise<void> {
    this.isServerUnreachable = false;
    this.#vouchedFor = url.href;
    await this.#surroundings.goto(url, { ...arrival, reset: false });
    if (this.#vouchedFor === url.href) this.#vouchedFor = undefined;
  }
}

export const [useVisits, provideVisits] = createContext<Visits>();
