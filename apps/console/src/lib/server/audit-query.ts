/** From an address to the view of the audit trail that it asks for. */
import { parseLocalTime } from '@rollcall/core/local-time';
import { AuditEventListQuery } from '@rollcall/core/schema/audit';
import { type AuditView, usualAuditView } from '#lib/audit/audit-address.ts';
import { readParameter as read } from './read-parameter.ts';

const times = ['since', 'before'] as const;

/** What is empty, unknown or wrong in an address is as if it were not there. */
export function readAuditView(parameters: URLSearchParams): AuditView {
  const { shape } = AuditEventListQuery;
  const cursor = read(shape.cursor, parameters.get('cursor')) ?? usualAuditView.cursor;
  return {
    action: read(shape.action, parameters.get('action')),
    outcome: read(shape.outcome, parameters.get('outcome')),
    email: read(shape.email, parameters.get('email')),
    session: read(shape.session, parameters.get('session')),
    since: read(shape.since, parameters.get('since')),
    before: read(shape.before, parameters.get('before')),
    page: read(shape.page, parameters.get('page')) ?? usualAuditView.page,
    pageSize: read(shape.pageSize, parameters.get('pageSize')) ?? usualAuditView.pageSize,
    cursor,
  };
}

/**
 * What a form writes into an address, as others can be sent it: without what was left empty, and with times of day in the viewer's zone as instants.
 * Undefined where it is so already.
 */
export function settled(parameters: URLSearchParams, timeZone: string): URLSearchParams | undefined {
  const better = new URLSearchParams([...parameters].filter(([, text]) => text.trim() !== ''));
  for (const name of times) {
    const instant = parseLocalTime(better.get(name) ?? '', timeZone);
    if (instant !== undefined) better.set(name, instant);
  }
  return `${better}` === `${parameters}` ? undefined : better;
}
