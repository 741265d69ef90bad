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
  /** The view that is being loaded. What is chosen meanwhile starts from there, or the choice before it would be lost. */
  destination: URL | undefined = $state.raw();
  isRefreshing = $state(false);
  isServerUnreachable = $state(false);
  readonly #surroundings: Surroundings;
  #latest = 0;
  #vouchedFor: string | undefined;
  #failed: () => Promise<void> = () => this.refresh();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get isUnderWay(): boolean {
    return this.destination !== undefined;
  }

  /** Takes links and forms over. Going back is left alone: it cannot be held without disturbing the history. */
  takeOver(navigation: BeforeNavigate): void {
    const { type, to, from, willUnload } = navigation;
    if (to?.url.href === this.#vouchedFor) return;
    if (type === 'popstate' || willUnload || !to || !this.#surroundings.isView(to.route.id)) {
      this.#abandon();
      return;
    }
    navigation.cancel();
    if (to.url.href !== from?.url.href) {
      void this.visit(to.url);
      return;
    }
    this.#abandon();
    void this.refresh();
  }

  /** The latest visit wins, in whatever order the answers come. */
  async visit(url: URL, visit: Visit = {}): Promise<void> {
    this.#latest += 1;
    const turn = this.#latest;
    this.destination = url;
    const answer = await this.#surroundings.preloadData(url.href);
    if (turn !== this.#latest) return;
    if (answer.type !== 'redirect' && answer.status >= 500) this.#lose(() => this.visit(url, visit));
    else await this.#arrive(answer.type === 'redirect' ? new URL(answer.location, url) : url, visit);
    if (turn === this.#latest) this.destination = undefined;
  }

  /** Goes where an action leads, with everything loaded anew. That the server can be reached it has just shown. */
  land(url: URL): Promise<void> {
    this.#abandon();
    return this.#arrive(url, { replace: true, refreshAll: true });
  }

  /** Loads everything on the page anew. */
  async refresh(): Promise<void> {
    if (this.isRefreshing) return;
    this.isRefreshing = true;
    try {
      if (!(await this.#surroundings.isServerReady())) return this.#lose(() => this.refresh());
      await this.#surroundings.refreshAll();
      this.isServerUnreachable = false;
    } finally {
      this.isRefreshing = false;
    }
  }

  /** What last failed, once more. */
  retry(): Promise<void> {
    return this.#failed();
  }

  async #arrive(url: URL, arrival: Visit & { readonly refreshAll?: boolean }): Promise<void> {
    this.isServerUnreachable = false;
    this.#vouchedFor = url.href;
    await this.#surroundings.goto(url, { ...arrival, reset: false });
    if (this.#vouchedFor === url.href) this.#vouchedFor = undefined;
  }

  // Whoever went elsewhere is not called back by an answer that comes late.
  #abandon(): void {
    this.#latest += 1;
    this.destination = undefined;
  }

  #lose(again: () => Promise<void>): void {
    this.isServerUnreachable = true;
    this.#failed = again;
  }
}

export const [useVisits, provideVisits] = createContext<Visits>();
