import { PasswordChange } from '@rollcall/core/schema/authentication';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { fail, redirect } from '@sveltejs/kit';
import { accountOutcomeKinds } from '#lib/account/outcome.ts';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { fieldProblems, wrongIn } from '#lib/server/field-problems.ts';
import { formOf } from '#lib/server/form.ts';
import { makeKey, revokeKey } from '#lib/server/key-actions.ts';
import { leaveOutcome, takeOutcome } from '#lib/server/outcome-cookie.ts';
import { requireViewer } from '#lib/server/viewer.ts';
import { resolve } from '$app/paths';
import type { Actions, PageServerLoad } from './$types';

const mostShown = 100;
const mostRemembered = 20;

export const load = (async ({ locals, cookies }) => {
  const { rollcall, now } = locals;
  const { user, permissions } = await requireViewer();
  const own = { search: searchOf(user.email) };
  const [active, ended, apiKeys] = await answerOf(
    Promise.all([
      rollcall.listSessions({ ...own, status: 'active', sort: '-lastActivity', pageSize: mostShown }),
      rollcall.listSessions({ ...own, status: 'inactive', pageSize: mostRemembered }),
      rollcall.apiKeys.list(),
    ]),
  );
  const ownKeys = apiKeys.filter(({ userId }) => userId === user.userId);
  return { active, ended, ownKeys, permissions, loadedAt: now, outcome: takeOutcome(cookies, accountOutcomeKinds) };
}) satisfies PageServerLoad;

export const actions = {
  async end({ request, locals, cookies }) {
    await requireViewer(address());
    const requestId = String((await formOf(request)).get('requestId'));
    try {
      await locals.rollcall.endSession(requestId);
    } catch (failure) {
      // Somebody else was faster.
      const isOver = failure instanceof RollcallError && ['not-active', 'not-found'].includes(failure.code);
      if (!isOver) refuse(failure, address());
    }
    leaveOutcome(cookies, { kind: 'session-ended', about: '1' });
    redirect(303, address());
  },

  async endOthers({ locals, cookies }) {
    const { user } = await requireViewer(address());
    const ended = await answerOf(endOthers(searchOf(user.email), locals.rollcall), address());
    leaveOutcome(cookies, { kind: 'others-ended', about: String(ended) });
    redirect(303, address());
  },

  async makeKey(event) {
    await requireViewer(address());
    return await makeKey(event, address());
  },

  async revokeKey(event) {
    await requireViewer(address());
    return await revokeKey(event, address());
  },

  async password({ request, locals, cookies }) {
    await requireViewer(address());
    const form = await formOf(request);
    const newPassword = String(form.get('newPassword') ?? '');
    if (newPassword !== form.get('again')) return fail(400, { fields: { again: 'The two are not the same.' } });
    const parsed = PasswordChange.safeParse({ currentPassword: form.get('currentPassword'), newPassword });
    if (!parsed.success) return fail(400, { fields: fieldProblems(wrongIn(parsed.error.issues), advice) });
    try {
      const { endedSessions } = await locals.rollcall.changePassword(parsed.data);
      leaveOutcome(cookies, { kind: 'password-changed', about: String(endedSessions) });
    } catch (failure) {
      const fields = failure instanceof RollcallError ? fieldsFrom(failure) : undefined;
      return fields ? fail(409, { fields }) : refuse(failure, address());
    }
    redirect(303, address());
  },
} satisfies Actions;

function address(): string {
  return resolve('/(console)/account');
}

/** One's own sessions, also for those who see everybody's. */
function searchOf(email: string): string {
  return `user:=${email}`;
}

async function endOthers(search: string, rollcall: Rollcall): Promise<number> {
  const mark = await rollcall.previewTermination(search);
  let all = 0;
  for (;;) {
    const { ended, remaining } = await rollcall.endSessions({ search, mark });
    all += ended;
    if (remaining === 0 || ended === 0) return all;
  }
}

const advice = { currentPassword: 'Enter your password.' };

function fieldsFrom({ code, errors = [], retryAfter = 60 }: RollcallError): Record<string, string> | undefined {
  if (code === 'password-wrong') return { currentPassword: 'That is not your present password.' };
  if (code === 'too-many-attempts')
    return { currentPassword: `It was wrong too often. Try again in ${retryAfter} seconds.` };
  return code === 'invalid' ? fieldProblems(errors, advice) : undefined;
}
