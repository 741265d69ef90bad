/** What sessions did last, kept in memory for a moment and written in one statement per organization. */

import type { Logger } from 'pino';
import type { Database, Work } from '../database/database.ts';
import { type Activity, writeActivity, writing } from './write-activity.ts';
import { WriteBehind } from './write-behind.ts';

export interface ActivityRecorder {
  /** The newest activity of a session takes the place of the one before it: nothing queues up. */
  record(organizationId: string, activity: Activity): void;
  /** What is not yet in the database. */
  pending(organizationId: string, requestId: string): Activity | undefined;
  /** The same of every session of an organization, in no order. */
  allPending(organizationId: string): Activity[];
  /** How many sessions wait to be written. */
  readonly waiting: number;
  /** Resolves once everything recorded before the call is in the database. What cannot be written is kept. */
  flush(organizationId: string): Promise<void>;
  /** Reads what is so once everything recorded before the call is in the database. */
  readAfter<T>(organizationId: string, read: Work<T>): Promise<T>;
  /** All organizations, one after the other. Never rejects: failures are logged, and what they concern is kept. */
  flushAll(): Promise<void>;
}

export function createActivityRecorder({ database, log }: { database: Database; log: Logger }): ActivityRecorder {
  const organizations = new Map<string, WriteBehind<Activity>>();

  return {
    record(organizationId, activity) {
      ofOrganization(organizationId).put(activity.requestId, activity);
    },
    pending: (organizationId, requestId) => organizations.get(organizationId)?.get(requestId),
    allPending: (organizationId) => organizations.get(organizationId)?.values ?? [],
    get waiting() {
      return [...organizations.values()].reduce((sum, activities) => sum + activities.size, 0);
    },
    flush: (organizationId) => ofOrganization(organizationId).flush(),
    async readAfter<T>(organizationId: string, read: Work<T>): Promise<T> {
      let answer: Promise<T> | undefined;
      await ofOrganization(organizationId).flush((activities) => {
        const behind = database.readBehind(organizationId, writing(organizationId, activities), read);
        answer = behind.answer;
        // told by the flush, too
        answer.catch(() => {});
        return behind.written;
      });
      return await (answer ?? database.inOrganization(organizationId, read, 'reading'));
    },
    async flushAll() {
      for (const [organizationId, activities] of organizations) {
        try {
          await activities.flush();
        } catch (error) {
          log.warn({ err: error, organizationId }, 'activity could not be written and is kept');
        }
      }
    },
  };

  function ofOrganization(organizationId: string): WriteBehind<Activity> {
    const known = organizations.get(organizationId);
    if (known) return known;
    const made = new WriteBehind<Activity>((activities) => writeActivity(database, organizationId, activities));
    organizations.set(organizationId, made);
    return made;
  }
}
