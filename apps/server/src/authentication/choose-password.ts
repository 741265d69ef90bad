/** POST /api/Password */
import { createRoute } from '@hono/zod-openapi';
import { type PasswordLinkParts, parsePasswordLink } from '@rollcall/core/password-link';
import { PasswordChoice, PasswordChosen } from '@rollcall/core/schema/authentication';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { withoutToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { readOrganization } from '../organizations/read-organization.ts';
import { changeUser } from '../users/change-user.ts';
import { isSecretOf } from '../users/password-links.ts';
import { demandStrong } from './common-passwords.ts';

const route = createRoute({
  method: 'post',
  path: '/api/Password',
  operationId: 'choosePassword',
  tags: ['Authentication'],
  summary: 'Choose a password by a link',
  description:
    'Takes what stands behind the `#` of an invitation or of a reset. The link is used up by it; sign in with the new password then. A password has 12 to 128 characters of any script, and is none of the most common ones.',
  security: withoutToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: PasswordChoice } } },
  },
  responses: {
    200: jsonAnswer(PasswordChosen, 'Whose password it is now'),
    ...problemAnswers('invalid', 'link-not-valid', 'too-large', 'unsupported-media-type', 'unavailable'),
  },
});

export const choosePassword: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, database, passwords, clock, newId } = context;
    api.openapi(route, async (c) => {
      const { link, password } = c.req.valid('json');
      const at = clock();
      const parts = parsePasswordLink(link) ?? notValid();
      const { organizationId, userId } = parts;
      const found = await database.inOrganization(organizationId, async (tx) => {
        const email = await invitedBy(tx, parts, at);
        return { email, organization: await readOrganization(tx, organizationId) };
      });
      await demandStrong(password, { about: [found.email, found.organization.name], field: 'password' });
      const passwordHash = await passwords.hash(password);
      await announcements.change(organizationId, async (tx, changed) => {
        // Somebody else may have used it since.
        const email = await invitedBy(tx, parts, at);
        const by = { client: c.var.client };
        const change = { kind: 'password', passwordHash } as const;
        const affected = await changeUser(tx, { organizationId, who: { userId }, change, at, newId, by });
        for (const requestId of affected.changed) changed(requestId);
        return email;
      });
      return c.json(found, 200);
    });
  },
};

// Locked, so that of two who use a link at the same time the second finds it used.
async function invitedBy(
  tx: Transaction<Tables>,
  { organizationId, userId, secret }: PasswordLinkParts,
  now: string,
): Promise<string> {
  const user = await tx
    .selectFrom('users')
    .select(['email', 'password_link_hash as hash', 'password_link_expires_at as expiresAt'])
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where('disabled_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!user) notValid();
  const { email, hash, expiresAt } = user;
  if (hash === null || expiresAt === null || !isSecretOf(secret, { hash, expiresAt }, now)) notValid();
  return email;
}

function notValid(): never {
  throw new RequestProblem('link-not-valid', 'The link is unknown, used or out of date.');
}
