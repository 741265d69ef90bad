/** DELETE /api/ApiKey/{keyId} */
import { createRoute } from '@hono/zod-openapi';
import { judgeRevocation } from '@rollcall/core/api-key';
import { KeyId, RevokedApiKey } from '@rollcall/core/schema/api-key';
import * as z from 'zod';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { askerOf } from './asker.ts';
import { apiKeyOf, keysWithUsers } from './key-rows.ts';
import { refusalOf } from './refusals.ts';
import { revokeKeyRow } from './revoke-key-row.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/ApiKey/{keyId}',
  operationId: 'revokeApiKey',
  tags: ['API keys'],
  summary: 'Revoke an API key',
  description:
    'It is good no longer, and the sessions that were begun with it end at once, on every node. Revoking it again changes nothing. One’s own, or with `integrations:manage` that of somebody who may do no more than oneself.',
  security: withToken,
  request: { query: NoQuery, params: z.strictObject({ keyId: KeyId }) },
  responses: {
    200: jsonAnswer(RevokedApiKey, 'The key as it is now'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'too-large',
      'unavailable',
    ),
  },
});

export const revokeKey: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, clock, newId } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId } = actor;
      const { keyId } = c.req.valid('param');
      const at = clock();
      const { result } = await announcements.change(organizationId, async (tx, changed) => {
        const keys = keysWithUsers(tx, organizationId).where('key_id', '=', keyId);
        const row = await keys.executeTakeFirst();
        // What is not one's own is not known to whoever cannot see it.
        const verdict = row && judgeRevocation(askerOf(actor), { ...holderOf(row), permissions: row.user_permissions });
        if (!row || (verdict && !verdict.allowed && verdict.reason === 'forbidden')) {
          throw new RequestProblem('not-found', `There is no key ${keyId}.`);
        }
        if (verdict && !verdict.allowed) throw refusalOf(verdict.reason);
        const ended = await revokeKeyRow(tx, { organizationId, keyId, at, newId, by: { actor, client } });
        for (const requestId of ended ?? []) changed(requestId);
        if (ended) {
          const event = { organizationId, eventId: newId(), at, actor, client, subject: { email: row.email } };
          const details = { keyId, name: row.name, endedSessions: ended.length };
          await writeAuditEvent(tx, { ...event, action: 'key-revoked', outcome: 'success', details });
        }
        return { apiKey: apiKeyOf({ ...row, revoked_at: row.revoked_at ?? at }), endedSessions: ended?.length ?? 0 };
      });
      return c.json(result, 200);
    });
  },
};

function holderOf({ user_id: userId, role, account_type: accountType }: Holder) {
  return { userId, role, accountType };
}

type Holder = { user_id: string; role: 'administrator' | 'member'; account_type: 'person' | 'service' };
