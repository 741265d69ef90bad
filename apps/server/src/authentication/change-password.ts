/** PUT /api/Password */
import { createRoute } from '@hono/zod-openapi';
import { fold } from '@rollcall/core/fold';
import { PasswordChange, PasswordChanged } from '@rollcall/core/schema/authentication';
import type { Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Tables } from '../database/tables.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { changeUser } from '../users/change-user.ts';
import type { Actor } from './actor.ts';
import { demandStrong } from './common-passwords.ts';
import { requireSession } from './require-session.ts';
import { type Attempt, countFailure, findBlock, forgetFailures, sourceOf, takeTurn } from './sign-in-limit.ts';

const route = createRoute({
  method: 'put',
  path: '/api/Password',
  operationId: 'changePassword',
  tags: ['Authentication'],
  summary: 'Change one’s own password',
  description:
    'Asks for the present one, and ends all other sessions of one’s own. A password has 12 to 128 characters of any script, and is none of the most common ones.',
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: PasswordChange } } },
  },
  responses: {
    200: jsonAnswer(PasswordChanged, 'Changed'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'password-wrong',
      'cross-origin',
      'too-large',
      'unsupported-media-type',
      'too-many-attempts',
      'unavailable',
    ),
  },
});

type Outcome = { readonly kind: 'changed'; readonly endedSessions: number } | { readonly kind: 'wrong' };

export const changePassword: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, database, passwords, clock, newId, signInLimit } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId, userId, email, requestId, session } = actor;
      const { currentPassword, newPassword } = c.req.valid('json');
      await demandStrong(newPassword, { about: [email, session.organization_name], field: 'newPassword' });
      const at = clock();
      const source = sourceOf(client.ipAddress);
      const attempt: Attempt = { organizationId, emailFolded: fold(email), source, at, limit: signInLimit };
      const present = await database.inOrganization(organizationId, async (tx) => {
        await demandTurn(tx, attempt);
        return await passwordHashOf(tx, actor);
      });
      const isRight = await passwords.verify(currentPassword, present);
      const passwordHash = isRight ? await passwords.hash(newPassword) : undefined;
      const { result } = await announcements.change<Outcome>(organizationId, async (tx, changed) => {
        await takeTurn(tx, attempt);
        await demandTurn(tx, attempt);
        if (passwordHash === undefined || (await passwordHashOf(tx, actor)) !== present) {
          await countFailure(tx, attempt);
          const event = { organizationId, eventId: newId(), at, actor, client, subject: { email } };
          const refused = { outcome: 'refused', reason: 'password-wrong' } as const;
          await writeAuditEvent(tx, { ...event, action: 'password-changed', ...refused });
          return { kind: 'wrong' };
        }
        await forgetFailures(tx, attempt);
        const change = { kind: 'password', passwordHash, except: requestId } as const;
        const by = { actor, client };
        const affected = await changeUser(tx, { organizationId, who: { userId }, change, at, newId, by });
        for (const ended of affected.changed) changed(ended);
        return { kind: 'changed', endedSessions: affected.ended.length };
      });
      if (result.kind === 'wrong') throw new RequestProblem('password-wrong', 'The present password is another one.');
      return c.json({ endedSessions: result.endedSessions }, 200);
    });
  },
};

async function demandTurn(tx: Transaction<Tables>, attempt: Attempt): Promise<void> {
  const block = await findBlock(tx, attempt);
  if (!block) return;
  const headers = { 'Retry-After': String(block.retryAfterSeconds) };
  const detail = `The password was wrong too often; try again in ${block.retryAfterSeconds} s.`;
  throw new RequestProblem('too-many-attempts', detail, { headers });
}

async function passwordHashOf(tx: Transaction<Tables>, { organizationId, userId }: Actor): Promise<string | null> {
  const user = await tx
    .selectFrom('users')
    .select('password_hash')
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return user?.password_hash ?? null;
}
