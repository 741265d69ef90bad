import { describe, expect, test } from 'vitest';
import { tokenOf } from '../test/client.ts';
import { localStorageTokenStore } from './index.ts';

/** What the tabs of one origin share; locks as navigator.locks has them: one holder at a time, in the order of asking. */
function origin() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const held: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const locks = {
    request(name: string, work: () => void): Promise<void> {
      held.push(name);
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
  return { kept, storage, locks, held };
}

describe('localStorage', () => {
  test('holds the token for every tab', async () => {
    const { storage, locks, kept } = origin();
    const [one, other] = [localStorageTokenStore({ storage, locks }), localStorageTokenStore({ storage, locks })];
    expect(other.read()).toBeUndefined();
    await one.write(tokenOf(1));
    await other.advance?.(tokenOf(2));
    expect(one.read()).toBe(tokenOf(2));
    expect([...kept.keys()]).toEqual(['rollcall']);
    await one.write(undefined);
    expect([...kept.keys()]).toEqual([]);
  });

  test('never goes back, nor from one session to another, whichever tab is late', async () => {
    const { storage, locks } = origin();
    const [one, other] = [localStorageTokenStore({ storage, locks }), localStorageTokenStore({ storage, locks })];
    await one.write(tokenOf(1));
    await Promise.all([one.advance?.(tokenOf(3)), other.advance?.(tokenOf(2)), other.advance?.(tokenOf(9, 2))]);
    expect(one.read()).toBe(tokenOf(3));
    await other.write(tokenOf(1, 2));
    await one.advance?.(tokenOf(4));
    expect(one.read()).toBe(tokenOf(1, 2));
  });

  test('is written under a lock of its key, which other keys need not wait for', async () => {
    const { storage, locks, held } = origin();
    const admin = localStorageTokenStore({ key: 'admin', storage, locks });
    await admin.write(tokenOf(1));
    await admin.advance?.(tokenOf(2));
    await localStorageTokenStore({ storage, locks }).write(tokenOf(1, 2));
    expect(held).toEqual(['rollcall token admin', 'rollcall token admin', 'rollcall token rollcall']);
    expect(admin.read()).toBe(tokenOf(2));
  });

  test('works in a page that has no locks, and says when it is full', async () => {
    const { storage } = origin();
    const store = localStorageTokenStore({ storage, locks: undefined });
    await store.write(tokenOf(1));
    await store.advance?.(tokenOf(2));
    expect(store.read()).toBe(tokenOf(2));
    const full = {
      ...storage,
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const { locks } = origin();
    await expect(localStorageTokenStore({ storage: full, locks }).write(tokenOf(1))).rejects.toThrow('full');
  });
});
