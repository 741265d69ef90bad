/** POST /api/ApiKeys */
import { createRoute } from '@hono/zod-openapi';
import { judgeApiKey, mostApiKeys } from '@rollcall/core/api-key';
import type { Instant } from '@rollcall/core/instant';
import { ApiKeyRequest, MadeApiKey } from '@rollcall/core/schema/api-key';
import type { Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Actor } from '../authentication/actor.ts';
import { requireSession } from '../authentication/require-session.ts';
import type { Tables } from '../database/tables.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { invalid, RequestProblem } from '../http/problem.ts';
import { askerOf } from './asker.ts';
import { apiKeyOf, hashOf, isGood, keysWithUsers } from './key-rows.ts';
import { type Refusal, refusalOf } from './refusals.ts';
import { writeKey } from './written-key.ts';

const route = createRoute({
  method: 'post',
  path: '/api/ApiKeys',
  operationId: 'makeApiKey',
  tags: ['API keys'],
  summary: 'Make an API key',
  description: [
    'The key is in the answer, this once. A program exchanges it for a session (`POST /api/Authentication` with `method: api-key`), which rotates as any other; the SDK does so by itself.',
    'Anybody makes keys of their own, no wider than themselves. Keys for service accounts need `integrations:manage` and every permission that the account has. A session that was begun with a key makes none.',
    `A user has at most ${mostApiKeys} keys that are good.`,
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: ApiKeyRequest } } },
  },
  responses: {
    201: jsonAnswer(MadeApiKey, 'The key'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'not-found',
      'too-many',
      'too-large',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const makeKey: Endpoint = {
  route,
  mount(api, context) {
    const { database, clock, newId, random } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId } = actor;
      const asked = c.req.valid('json');
      const at = clock();
      if (asked.expiresAt !== undefined && asked.expiresAt <= at) {
        throw invalid([{ in: 'body', field: 'expiresAt', message: 'must be in the future' }]);
      }
      const keyId = newId();
      const secret = Buffer.from(random(32)).toString('base64url');
      const made = await database.inOrganization(organizationId, async (tx) => {
        const { userId = actor.userId, name, permissions, allowedNetworks, expiresAt } = asked;
        const holder = await findHolder(tx, actor, userId);
        const verdict = judgeApiKey(askerOf(actor), holder, permissions);
        const event = { organizationId, eventId: newId(), at, actor, client, subject: { email: holder.email } };
        const details = { keyId, name, permissions, allowedNetworks, ...(expiresAt && { expiresAt }) };
        const audit = { ...event, action: 'key-created', details } as const;
        if (!verdict.allowed) {
          await writeAuditEvent(tx, { ...audit, outcome: 'refused', reason: 'forbidden' });
          return { refused: verdict.reason };
        }
        await demandRoom(tx, { organizationId, userId, at });
        const key = { organization_id: organizationId, key_id: keyId, user_id: userId, name, permissions };
        const row = await tx
          .insertInto('api_keys')
          .values({
            ...key,
            ...{ secret_hash: hashOf(secret), allowed_networks: allowedNetworks },
            ...{ created_at: at, created_by: actor.email, expires_at: expiresAt ?? null },
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await writeAuditEvent(tx, { ...audit, outcome: 'success' });
        return { apiKey: apiKeyOf({ ...row, email: holder.email }) };
      });
      if ('refused' in made) throw refusalOf(made.refused satisfies Refusal);
      return c.json({ ...made, key: writeKey({ organizationId, keyId, secret }) }, 201);
    });
  },
};

// Locked, so that of two keys that are made at the same time the second is counted after the first.
async function findHolder(tx: Transaction<Tables>, { organizationId }: Actor, userId: string) {
  const row = await tx
    .selectFrom('users')
    .select(['email', 'role', 'permissions', 'account_type'])
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new RequestProblem('not-found', `There is no user ${userId}.`);
  const { email, role, permissions, account_type: accountType } = row;
  return { userId, email, role, permissions, accountType };
}

interface Room {
  readonly organizationId: string;
  readonly userId: string;
  readonly at: Instant;
}

async function demandRoom(tx: Transaction<Tables>, { organizationId, userId, at }: Room): Promise<void> {
  const keys = await keysWithUsers(tx, organizationId).where('api_keys.user_id', '=', userId).execute();
  if (keys.filter((key) => isGood(key, at)).length < mostApiKeys) return;
  throw new RequestProblem('too-many', `The user has ${mostApiKeys} keys already.`);
}
