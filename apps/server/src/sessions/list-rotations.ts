/** GET /api/UserRequest/{requestId}/Rotations */
import { createRoute } from '@hono/zod-openapi';
import { Rotations } from '@rollcall/core/schema/rotation';
import type { Transaction } from 'kysely';
import { requireSession } from '../authentication/require-session.ts';
import type { Tables } from '../database/tables.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { visibleTo } from './matching-sessions.ts';
import { noSuchSession, SessionPath } from './session-path.ts';

const route = createRoute({
  method: 'get',
  path: '/api/UserRequest/{requestId}/Rotations',
  operationId: 'listRotations',
  tags: ['Sessions'],
  summary: 'How a session’s tokens rotated',
  description:
    'Why a session is trusted, or not: each rotation of its token and whatever was odd, with the address and the user agent it came from; newest first, the newest fifty. Seen by whoever sees the session.',
  security: withToken,
  request: { query: NoQuery, params: SessionPath },
  responses: {
    200: jsonAnswer(Rotations, 'The rotations, newest first'),
    ...problemAnswers('invalid', ...tokenProblems, 'not-found', 'unavailable'),
  },
});

export const listRotations: Endpoint = {
  route,
  mount(api, context) {
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const { requestId } = c.req.valid('param');
      const rotations = await context.database.inOrganization(actor.organizationId, async (tx) => {
        const session = await tx
          .selectFrom('sessions')
          .select('request_id')
          .where(visibleTo(actor))
          .where('request_id', '=', requestId)
          .executeTakeFirst();
        return session && (await readRotations(tx, actor.organizationId, requestId));
      });
      if (!rotations) throw noSuchSession(requestId);
      return c.json({ rotations }, 200);
    });
  },
};

function readRotations(tx: Transaction<Tables>, organizationId: string, requestId: string) {
  return tx
    .selectFrom('token_verdicts')
    .select(['at', 'verdict', 'token_number as number', 'token_generation as generation'])
    .select(['ip_address as ipAddress', 'user_agent as userAgent'])
    .where('organization_id', '=', organizationId)
    .where('request_id', '=', requestId)
    .orderBy('event_id', 'desc')
    .execute();
}
