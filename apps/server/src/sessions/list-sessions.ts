/** GET /api/UserRequests */
import { createRoute } from '@hono/zod-openapi';
import { nextCursor } from '@rollcall/core/cursor';
import { SessionList, SessionListRequest } from '@rollcall/core/schema/session-list';
import { requireSession } from '../authentication/require-session.ts';
import type { Work } from '../database/database.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { readSessionPage } from './read-session-page.ts';
import { orTooSlow } from './search-too-slow.ts';
import type { SessionPage } from './session-page.ts';
import { sessionOf } from './session-row.ts';

const route = createRoute({
  method: 'get',
  path: '/api/UserRequests',
  operationId: 'listSessions',
  tags: ['Sessions'],
  summary: 'List sessions',
  description: [
    'The sessions of the caller’s organization, one page at a time; without `users:manage` the caller’s own.',
    'Every word of `search` must occur in the e-mail, the IP address or the session name, ignoring case; operators such as `status:active`, `ip:10.0.0.0/8` or `created:>2026-01-01` ask for more. What of it is not understood is told in `searchErrors`, and the rest still filters. Ties are broken by `requestId`, so pages never overlap. A page past the end is empty, with the same `total`. Of more than 10,000 sessions that a search finds, so many may be all that are counted: `totalIsExact` is false then, and a cursor, by `createdAt`, goes through all of them.',
  ].join('\n\n'),
  security: withToken,
  request: { query: SessionListRequest },
  responses: {
    200: jsonAnswer(SessionList, 'One page of the sessions that match'),
    ...problemAnswers('invalid', ...tokenProblems, 'search-too-slow', 'unavailable'),
  },
});

export const listSessions: Endpoint = {
  route,
  mount(api, context) {
    const { activity, clock } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor } = c.var;
      const query = c.req.valid('query');
      const now = clock();
      const read: Work<SessionPage> = (tx) => readSessionPage(tx, { actor, now, timeouts: actor.timeouts }, query);
      const found = activity.readAfter(actor.organizationId, read);
      const { rows, ...counted } = await orTooSlow(query.search, found);
      const view = { requestId: actor.requestId, now, timeouts: actor.timeouts };
      const sessions = rows.map((row) => sessionOf(row, view));
      const { page, pageSize } = query;
      const next = nextCursor(sessions, query);
      return c.json({ sessions, ...counted, page, pageSize, ...(next !== undefined && { nextCursor: next }) }, 200);
    });
  },
};
