import { pageCount } from '@rollcall/core/page';
import { may } from '@rollcall/core/permission';
import { redirect } from '@sveltejs/kit';
import { auditAddress, requestOf } from '#lib/audit/audit-address.ts';
import { answerOf } from '#lib/server/answer.ts';
import { readAuditView, settled } from '#lib/server/audit-query.ts';
import { readTimeZone } from '#lib/server/time-zone.ts';
import { requirePermission } from '#lib/server/viewer.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ url, cookies, locals: { rollcall, now } }) => {
  const viewer = await requirePermission('audit:read', 'Audit shows what everybody did and what was refused.');
  const better = settled(url.searchParams, readTimeZone(cookies));
  if (better) redirect(303, better.size === 0 ? url.pathname : `${url.pathname}?${better}`);
  const view = readAuditView(url.searchParams);
  const trail = await answerOf(rollcall.auditEvents(requestOf(view)));
  const lastPage = pageCount(trail.total, view.pageSize);
  if (trail.totalIsExact && view.page > lastPage) redirect(303, auditAddress(view, { page: lastPage }));
  const typed = url.searchParams.get('session') ?? '';
  return {
    view,
    trail,
    maySeeSessions: may(viewer, 'users:manage'),
    sessionProblem: typed !== '' && view.session === undefined ? `“${typed}” is no session’s id` : undefined,
    loadedAt: now,
  };
}) satisfies PageServerLoad;
