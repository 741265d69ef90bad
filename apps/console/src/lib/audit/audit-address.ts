/** The addresses of the audit trail. What is as usual is not written. */
import type { AuditEventListQuery } from '@rollcall/core/schema/audit';
import { resolve } from '$app/paths';

export type AuditView = Omit<AuditEventListQuery, 'requestId'>;

export const usualAuditView: AuditView = { page: 1, pageSize: 20, cursor: '' };

/** What narrows the trail. */
const filterNames = ['action', 'outcome', 'email', 'session', 'since', 'before'] as const;

/** The members of a view that are not as usual, as text. */
function writtenMembers(view: AuditView): (readonly [keyof AuditView, string])[] {
  return ([...filterNames, 'page', 'pageSize', 'cursor'] as const)
    .map((name) => [name, String(view[name] ?? '')] as const)
    .filter(([name, text]) => text !== String(usualAuditView[name] ?? ''));
}

export function isNarrowed(view: AuditView): boolean {
  return filterNames.some((name) => view[name] !== undefined);
}

/** The trail with something changed. Whatever narrows it leads to its first page. */
export function auditAddress(view: AuditView, change: Partial<AuditView> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, text] of writtenMembers({ ...view, page: 1, cursor: '', ...change })) parameters.set(name, text);
  return resolve('/(console)/system/audit') + (parameters.size === 0 ? '' : `?${parameters}`);
}

/** What of a view the API is asked: after a cursor pages are not counted. */
export function requestOf({ page, cursor, ...view }: AuditView) {
  const given = Object.entries(view).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(cursor === '' ? { page } : { cursor }) };
}

/** Everything that was done in the name of a session or happened to it. */
export function eventsOfSessionAddress(session: string): string {
  return auditAddress({ ...usualAuditView, session });
}
