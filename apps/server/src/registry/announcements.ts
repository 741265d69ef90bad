/** Changes to sessions that nodes remember: committed, then heard of by every node before the caller goes on. */
import type { Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { Registry } from './registry.ts';

/** How a change became known everywhere. */
export interface Confirmation {
  /** From the commit until no node relied any more on what it had remembered. */
  readonly milliseconds: number;
  /** The nodes that said so, this one included; the lease of any other has run out. */
  readonly nodes: number;
}

export type ChangingWork<T> = (tx: Transaction<Tables>, changed: (requestId: string) => void) => Promise<T>;

export interface Announcements {
  /**
   * One transaction of an organization that tells, through `changed`, of which sessions everything that is remembered is
   * out of date once it has been committed. Resolves when that is known everywhere.
   */
  change<T>(organizationId: string, work: ChangingWork<T>): Promise<{ result: T; confirmation: Confirmation }>;
}

interface Needs {
  readonly database: Database;
  readonly registry: Pick<Registry, 'forget'>;
  readonly monotonic: () => number;
}

/** For a node that has the database to itself. */
export function announceHere({ database, registry, monotonic }: Needs): Announcements {
  return {
    async change(organizationId, work) {
      const changed = new Set<string>();
      try {
        const result = await database.inOrganization(organizationId, (tx) => work(tx, (id) => void changed.add(id)));
        return { result, confirmation: { milliseconds: forgetSince(monotonic()), nodes: 1 } };
      } catch (error) {
        // whether it was committed is not always known
        forgetSince(monotonic());
        throw error;
      }

      function forgetSince(committedAt: number): number {
        for (const requestId of changed) registry.forget(organizationId, requestId);
        return monotonic() - committedAt;
      }
    },
  };
}
