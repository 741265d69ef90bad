/** DELETE /api/Authentication */
import { createRoute } from '@hono/zod-openapi';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { clearSessionCookie } from '../http/session-cookie.ts';
import { endSession } from '../sessions/end-session.ts';
import { requireSession } from './require-session.ts';

const route = createRoute({
  method: 'delete',
  path: '/api/Authentication',
  operationId: 'signOut',
  tags: ['Authentication'],
  summary: 'Sign out',
  description:
    'Ends the session whose token this is, with the reason `signed-out`. A cookie that carried the token is cleared.',
  security: withToken,
  request: { query: NoQuery },
  responses: {
    204: { description: 'Signed out' },
    ...problemAnswers('invalid', ...tokenProblems, 'cross-origin', 'too-large', 'unavailable'),
  },
});

export const signOut: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, activity, clock, newId, publicUrl } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId, requestId } = actor;
      const at = clock();
      await activity.flush(organizationId);
      await announcements.change(organizationId, async (tx, changed) => {
        const ended = await endSession(tx, { organizationId, requestId, at, reason: 'signed-out', by: actor });
        // Whoever ended it a moment ago has recorded that.
        if (!ended) return;
        changed(requestId);
        const event = { organizationId, eventId: newId(), at, actor, subject: actor, client };
        await writeAuditEvent(tx, { ...event, action: 'sign-out', outcome: 'success' });
      });
      if (actor.carrier === 'cookie') clearSessionCookie(c, publicUrl);
      return c.body(null, 204);
    });
  },
};
