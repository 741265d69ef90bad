/** A token that all tabs of an origin share, and that outlives them. */
import { isNextOf, type TokenStore } from './token-store.ts';

export interface LocalStorageOptions {
  /** Its name in the storage; `rollcall` unless said otherwise. Tabs that are to have different sessions use different ones. */
  readonly key?: string | undefined;
  /** Instead of `localStorage`. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
  /** Instead of `navigator.locks`. */
  readonly locks?: Locks | undefined;
}

/** What is needed of a `LockManager`. */
export interface Locks {
  request(name: string, work: () => void): Promise<unknown>;
}

/**
 * Keeps the token in `localStorage`. Tabs take turns at writing through a Web Lock. Pages that were not loaded over https have none: there only the
 * synchronous order of one tab remains, which a browser may break for tabs that write within the same moment.
 *
 * Every script of the origin can read the token: where the service is reached under the page's own origin, its cookie is the safer place (OWASP HTML5
 * Security Cheat Sheet, Local Storage).
 */
export function localStorageTokenStore(options: LocalStorageOptions = {}): TokenStore {
  const { key = 'rollcall', storage = globalThis.localStorage, locks = globalThis.navigator?.locks } = options;
  const read = () => storage.getItem(key) ?? undefined;

  async function inTurn(write: () => void): Promise<void> {
    if (locks) await locks.request(`rollcall token ${key}`, write);
    else write();
  }

  return {
    read,
    write: (token) => inTurn(() => (token === undefined ? storage.removeItem(key) : storage.setItem(key, token))),
    advance: (next) => inTurn(() => void (isNextOf(next, read()) && storage.setItem(key, next))),
  };
}
