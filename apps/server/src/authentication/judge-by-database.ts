/** Judging a token by its row, and writing what follows from that. */

import { judgeFromDatabase, type RotationJudgement } from '@rollcall/core/rotation';
import type { EndReason } from '@rollcall/core/schema/session';
import type { TokenParts } from '@rollcall/core/token';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { SessionByKey } from '../database/database.ts';
import { DatabaseUnavailable } from '../database/unavailable.ts';
import type { Client } from '../http/client-address.ts';
import { confirmToken } from '../tokens/confirm-token.ts';
import { endReusedSession } from '../tokens/end-reused-session.ts';
import { keepEvidence, type TokenEvidence } from '../tokens/token-verdicts.ts';
import { type Admission, type Judging, lifetimeOf, notValid, saltOf, withPending } from './judging.ts';
import { isSettled, keepNetwork, otherNetwork, verdictOn } from './other-networks.ts';
import { sessionEnded } from './session-ended.ts';

/** Who presents a token. */
export interface Presenter {
  readonly client: Client;
  /** Nobody said who does: `client` is the newest that is known, and proves no network. */
  readonly isAssumed?: boolean;
}

interface Case {
  readonly parts: TokenParts;
  readonly client: Client;
  readonly session: SessionByKey;
  readonly judgement: RotationJudgement;
}

// Each time somebody else has changed the row in between, which they can do once per grace.
const mostAttempts = 5;

/** Throws 401 for a token that is not accepted. */
export async function judgeByDatabase(judging: Judging, parts: TokenParts, presenter: Presenter): Promise<Admission> {
  const { registry, tokens, clock, metrics, monotonic, rotation } = judging;
  const { client } = presenter;
  const arrivedAt = monotonic();
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await registry.read(parts.organizationId, parts.requestId);
    if (read === undefined || !tokens.isGenuine(parts, saltOf(read.session))) {
      metrics.judged('database', 'forged');
      throw notValid();
    }
    const session = withPending(judging, read.session);
    const lifetime = lifetimeOf(judging, session, clock());
    const { token_generation: generation, token_confirmed_at: confirmedAt } = session;
    const state = { generation, confirmedAt, ended: !lifetime.isActive };
    const judgement = judgeFromDatabase(state, parts.number, session.read_at, rotation);
    // What an honest client presented may have become outdated while this node stood still: it is to ask again.
    if (judgement.verdict === 'reuse' && monotonic() - arrivedAt > rotation.graceMs) throw tooLate();
    // nearly always there is nothing to heed and nothing to write, and so nothing to wait for
    if (!presenter.isAssumed && !isSettled(judging, session, client)) {
      await heedNetwork(judging, { parts, client, session, judgement });
    }
    const isTrueStill =
      judgement.verdict === 'current' || (await carryOut(judging, { parts, client, session, judgement }));
    if (judgement.effect !== 'none') registry.forget(parts.organizationId, parts.requestId);
    if (!isTrueStill) continue;
    metrics.judged('database', judgement.verdict);
    return admit(session, judgement, lifetime.endReason);
  }
  throw new DatabaseUnavailable('the session keeps changing while its token is judged');
}

/** Before anything is written for a token: where its session may not be used, it neither rotates nor ends. */
async function heedNetwork(judging: Judging, { session, client, judgement }: Case): Promise<void> {
  if (judgement.verdict === 'ended' || judgement.verdict === 'forged') return;
  const verdict = verdictOn(session, client);
  if (verdict.kind === 'own' || (verdict.isAccepted && judgement.verdict === 'reuse')) return;
  await keepNetwork(judging, session, { verdict, client });
  if (!verdict.isAccepted) throw otherNetwork(verdict);
}

function tooLate(): DatabaseUnavailable {
  return new DatabaseUnavailable('judging the token took longer than the grace');
}

function admit(session: SessionByKey, { verdict, carries }: RotationJudgement, reason?: EndReason): Admission {
  switch (verdict) {
    case 'current':
    case 'confirmed':
    case 'race':
      return { session, carries };
    case 'reuse':
      throw sessionEnded({ ...session, end_reason: 'token-reuse' });
    case 'ended':
      throw sessionEnded({ ...session, end_reason: reason ?? session.end_reason });
    case 'forged':
      throw notValid();
  }
}

/** Writes what the verdict demands. False where the row is not what was judged any more: the verdict is void. */
async function carryOut(judging: Judging, { parts, client, session, judgement }: Case): Promise<boolean> {
  const { database, announcements, clock, newId } = judging;
  const { organizationId, requestId, number } = parts;
  const { token_generation: generation, token_confirmed_at: confirmedAt } = session;
  const judged = { organizationId, requestId, generation, confirmedAt };
  const evidence = (verdict: TokenEvidence['verdict']): TokenEvidence => {
    return { organizationId, requestId, eventId: newId(), at: clock(), verdict, number, generation, client };
  };

  switch (judgement.verdict) {
    case 'confirmed':
      return await database.inOrganization(organizationId, (tx) => confirmToken(tx, judged, evidence('confirmed')));
    case 'reuse': {
      const { result } = await announcements.change(organizationId, async (tx, changed) => {
        const hasEnded = await endReusedSession(tx, judged, evidence('reuse'));
        if (hasEnded) changed(requestId);
        return hasEnded;
      });
      return result;
    }
    case 'race':
      await database.inOrganization(organizationId, (tx) => keepEvidence(tx, evidence('race')));
      return true;
    case 'forged':
      await database.inOrganization(organizationId, (tx) =>
        writeAuditEvent(tx, {
          organizationId,
          eventId: newId(),
          at: clock(),
          action: 'token-forged',
          outcome: 'refused',
          subject: { requestId, email: session.user_email },
          client,
          details: { number, generation },
        }),
      );
      return true;
    default:
      return true;
  }
}
