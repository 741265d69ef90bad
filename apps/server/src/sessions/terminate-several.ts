/** POST /api/UserRequestTermination */
import { createRoute } from '@hono/zod-openapi';
import { mostTerminations, Terminations, TerminationsRequest } from '@rollcall/core/schema/terminations';
import type { Transaction } from 'kysely';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import type { Tables } from '../database/tables.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { RequestProblem } from '../http/problem.ts';
import { endSessions } from './end-sessions.ts';
import type { Reader } from './matching-sessions.ts';
import { orTooSlow } from './search-too-slow.ts';
import { type Selected, selectMeant, selectNamed } from './select-to-terminate.ts';

const route = createRoute({
  method: 'post',
  path: '/api/UserRequestTermination',
  operationId: 'terminateSessions',
  tags: ['Sessions'],
  summary: 'Terminate several sessions',
  description: [
    'Ends all active sessions that a search finds, or those that are named. A search comes with the mark of its preview (`GET`): if more than the mark’s number would end by now, nothing happens (`more-than-shown`), and sessions that began after the preview are left alone.',
    `One request ends at most ${mostTerminations}: repeat it with the same mark until \`remaining\` is 0. Repeating it is safe. One’s own session ends only if it is named. Without \`users:manage\` only one’s own sessions can be ended.`,
    'Each end is audited, and the request as a whole.',
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: TerminationsRequest } } },
  },
  responses: {
    200: jsonAnswer(Terminations, 'What has ended, on every node, and what is left'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'cross-origin',
      'more-than-shown',
      'too-large',
      'search-too-slow',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const terminateSeveral: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, activity, clock, newId } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId, timeouts } = actor;
      const meant = c.req.valid('json');
      const now = clock();
      await activity.flush(organizationId);
      const ending = announcements.change(organizationId, async (tx, changed) => {
        const { count, requestIds, refused } = await select(tx, { actor, now, timeouts }, meant);
        const ends = requestIds.map((requestId) => ({ requestId, at: now, reason: 'terminated' as const }));
        const ended = await endSessions(tx, { organizationId, ends, newId, by: { actor, client } });
        for (const requestId of ended) changed(requestId);
        await writeAuditEvent(tx, {
          ...{ organizationId, eventId: newId(), at: now, actor, client },
          ...{ action: 'sessions-terminated', outcome: 'success' },
          details: { ...meant, ended: ended.length, refused: refused.length },
        });
        return { ended: ended.length, remaining: count - requestIds.length, refused };
      });
      const { result } = await orTooSlow(meant.search, ending);
      return c.json({ ...result, refused: [...result.refused] }, 200);
    });
  },
};

async function select(tx: Transaction<Tables>, reader: Reader, meant: TerminationsRequest): Promise<Selected> {
  const { search, mark, requestIds = [] } = meant;
  if (search === undefined || mark === undefined) return await selectNamed(tx, reader, requestIds);
  const selected = await selectMeant(tx, reader, { search, at: mark.at, in: 'body' });
  if (selected.count <= mark.count) return selected;
  throw new RequestProblem('more-than-shown', `${selected.count} sessions would end by now, not ${mark.count}.`);
}
