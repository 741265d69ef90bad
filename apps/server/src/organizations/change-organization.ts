/** PATCH /api/Organization */
import { createRoute } from '@hono/zod-openapi';
import type { Timeouts } from '@rollcall/core/lifetime';
import { may } from '@rollcall/core/permission';
import { OrganizationAnswer, OrganizationChange, type SettingsChange } from '@rollcall/core/schema/organization';
import type { FieldProblem } from '@rollcall/core/schema/problem';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import { requireSession } from '../authentication/require-session.ts';
import { tokenProblems, withToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { invalid, RequestProblem } from '../http/problem.ts';
import { answerFor } from './organization-answer.ts';
import { writeSettings } from './organization-settings.ts';
import { renameOrganization } from './rename-organization.ts';

const route = createRoute({
  method: 'patch',
  path: '/api/Organization',
  operationId: 'changeOrganization',
  tags: ['Organization'],
  summary: 'Change one’s organization’s name and settings',
  description: [
    'What is left out stays as it is; null takes the service’s own. Time-outs can be shortened, not lengthened. Needs `users:manage`.',
    'Lists and new sign-ins follow at once. A node that remembers a session may judge it by the former time-outs for as long as it may remember it (`ROLLCALL_TOKEN_GRACE`).',
  ].join('\n\n'),
  security: withToken,
  request: {
    query: NoQuery,
    body: { required: true, content: { 'application/json': { schema: OrganizationChange } } },
  },
  responses: {
    200: jsonAnswer(OrganizationAnswer, 'The organization as it is now'),
    ...problemAnswers(
      'invalid',
      ...tokenProblems,
      'forbidden',
      'cross-origin',
      'too-large',
      'unsupported-media-type',
      'unavailable',
    ),
  },
});

export const changeOrganization: Endpoint = {
  route,
  mount(api, context) {
    const { announcements, clock, newId, timeouts } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client } = c.var;
      const { organizationId } = actor;
      const { name, ...change } = c.req.valid('json');
      if (!may(actor, 'users:manage')) {
        throw new RequestProblem('forbidden', 'Changing the organization needs the permission users:manage.');
      }
      const [problem, ...others] = tooLong(change, timeouts);
      if (problem) throw invalid([problem, ...others]);
      const { result } = await announcements.change(organizationId, async (tx, changed) => {
        // Whoever changes it sees it at once.
        changed(actor.requestId);
        const before = await answerFor(tx, context, organizationId);
        await writeSettings(tx, organizationId, change);
        if (name !== undefined) await renameOrganization(tx, organizationId, name);
        const after = await answerFor(tx, context, organizationId);
        await writeAuditEvent(tx, {
          ...{ organizationId, eventId: newId(), at: clock(), actor, client },
          ...{ action: 'settings-changed', outcome: 'success' },
          details: { before: chosenIn(before), after: chosenIn(after) },
        });
        return after;
      });
      return c.json(result, 200);
    });
  },
};

function chosenIn({ organization: { name }, settings }: OrganizationAnswer) {
  return { name, ...settings };
}

function tooLong({ idleTimeoutSeconds, absoluteTimeoutSeconds }: SettingsChange, service: Timeouts): FieldProblem[] {
  const chosen = [
    ['idleTimeoutSeconds', idleTimeoutSeconds, service.idleSeconds],
    ['absoluteTimeoutSeconds', absoluteTimeoutSeconds, service.absoluteSeconds],
  ] as const;
  return chosen.flatMap(([field, seconds, most]) => {
    if (seconds === undefined || seconds === null || seconds <= most) return [];
    return [{ in: 'body' as const, field, message: `must be at most ${most}, which is the service’s own` }];
  });
}
