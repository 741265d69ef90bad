/** Changes to sessions that nodes remember: committed, then heard of by every node before the caller goes on. */
import type { Transaction } from 'kysely';
import type { Database, Work } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { Registry } from './registry.ts';

/** How a change became known everywhere. */
export interface Confirmation {
  /** From the commit until no node relied any more on what it had remembered. */
  readonly milliseconds: number;
  /** The nodes that said so, this one included; the lease of any other has run out. */
  readonly nodes: number;
}

/** What came of it, once it is known everywhere. */
export interface Announced<T> {
  readonly result: T;
  readonly confirmation: Confirmation;
}

export type ChangingWork<T> = (tx: Transaction<Tables>, changed: (requestId: string) => void) => Promise<T>;
export type SweepingWork<T> = (
  tx: Transaction<Tables>,
  changed: (organizationId: string, requestId: string) => void,
) => Promise<T>;

export interface Announcements {
  /**
   * One transaction of an organization that tells, through `changed`, of which sessions everything that is remembered is
   * out of date once it has been committed. Resolves when that is known everywhere.
   */
  change<T>(organizationId: string, work: ChangingWork<T>): Promise<Announced<T>>;
  /** Likewise for the expiry of sessions, in whichever organizations. */
  sweep<T>(work: SweepingWork<T>): Promise<Announced<T>>;
}

/** Likewise, and tells of each work of an organization that changed a session how that became known. */
export function observed(announcements: Announcements, tell: (confirmation: Confirmation) => void): Announcements {
  return {
    ...announcements,
    async change(organizationId, work) {
      let hasChanged = false;
      const announced = await announcements.change(organizationId, (tx, changed) =>
        work(tx, (requestId) => {
          hasChanged = true;
          changed(requestId);
        }),
      );
      if (hasChanged) tell(announced.confirmation);
      return announced;
    },
  };
}

/** Runs a transaction, which `run` begins and ends, and announces its changes. */
export type Announce = <T>(run: Run<T>, work: SweepingWork<T>) => Promise<Announced<T>>;
export type Run<T> = (work: Work<T>) => Promise<T>;

export function announcementsBy(announce: Announce, database: Database): Announcements {
  return {
    change: (organizationId, work) =>
      announce(
        (inside) => database.inOrganization(organizationId, inside),
        (tx, changed) => work(tx, (requestId) => changed(organizationId, requestId)),
      ),
    sweep: (work) => announce((inside) => database.asMaintenance('expiry', inside), work),
  };
}

interface Needs {
  readonly database: Database;
  readonly registry: Pick<Registry, 'forget'>;
  readonly monotonic: () => number;
}

/** For a node that has the database to itself. */
export function announceHere({ database, registry, monotonic }: Needs): Announcements {
  return announcementsBy(async (run, work) => {
    const changed: [organizationId: string, requestId: string][] = [];
    try {
      const result = await run((tx) => work(tx, (...session) => void changed.push(session)));
      return { result, confirmation: { milliseconds: forgetSince(monotonic()), nodes: 1 } };
    } catch (error) {
      // whether it was committed is not always known
      forgetSince(monotonic());
      throw error;
    }

    function forgetSince(committedAt: number): number {
      for (const session of changed) registry.forget(...session);
      return monotonic() - committedAt;
    }
  }, database);
}
