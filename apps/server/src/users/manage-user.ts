/** A change of one user by somebody who manages users: judged, made and recorded, or refused and recorded. */
import type { UserDetails } from '@rollcall/core/schema/user';
import { judgeManagement, type ManagedUser } from '@rollcall/core/user-management';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Actor } from '../authentication/actor.ts';
import type { Context } from '../context.ts';
import type { Client } from '../http/client-address.ts';
import { RequestProblem } from '../http/problem.ts';
import { changeUser, type UserChange } from './change-user.ts';
import { lockUser } from './lock-user.ts';
import { codeOf, type Refusal, refusalOf } from './refusals.ts';
import { readUser } from './user-details.ts';

export type Management = Exclude<UserChange, { kind: 'password' }>;

export interface ManagementRequest {
  readonly actor: Actor;
  readonly client: Client;
  readonly userId: string;
  /** All of them are made, or none. */
  readonly changesOf: (subject: ManagedUser) => readonly Management[];
}

export interface Managed {
  /** As they are now; as they were, where they were removed. */
  readonly user: UserDetails;
  readonly endedSessions: number;
}

type Outcome = Managed | { readonly refused: Refusal };

/** Throws a problem where it is refused. */
export async function manageUser(
  { announcements, activity, clock, newId }: Pick<Context, 'announcements' | 'activity' | 'clock' | 'newId'>,
  { actor, client, userId, changesOf }: ManagementRequest,
): Promise<Managed> {
  const { organizationId, timeouts } = actor;
  const at = clock();
  await activity.flush(organizationId);
  const { result } = await announcements.change<Outcome>(organizationId, async (tx, changed) => {
    const locked = await lockUser(tx, { organizationId, userId, withAdministrators: true });
    const reader = { actor, now: at, timeouts };
    const before = await readUser(tx, reader, userId);
    if (!locked || !before) throw new RequestProblem('not-found', `There is no user ${userId}.`);
    const { subject, hasOtherAdministrator } = locked;
    const changes = changesOf(subject);
    for (const change of changes) {
      const verdict = judgeManagement(actor, { subject, change, hasOtherAdministrator });
      if (verdict.allowed) continue;
      const event = { organizationId, eventId: newId(), at, actor, client, subject: { email: before.email } };
      const reason = codeOf(verdict.reason);
      await writeAuditEvent(tx, {
        ...event,
        action: 'user-changed',
        outcome: 'refused',
        reason,
        details: { change: change.kind },
      });
      return { refused: verdict.reason };
    }
    let endedSessions = 0;
    for (const change of changes) {
      const affected = await changeUser(tx, {
        organizationId,
        who: { userId },
        change,
        at,
        newId,
        by: { actor, client },
      });
      for (const requestId of affected.changed) changed(requestId);
      endedSessions += affected.ended.length;
    }
    return { user: (await readUser(tx, reader, userId)) ?? before, endedSessions };
  });
  if ('refused' in result) throw refusalOf(result.refused);
  return result;
}
