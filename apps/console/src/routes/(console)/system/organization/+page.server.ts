import { RollcallError } from '@rollcall/sdk';
import { fail, redirect } from '@sveltejs/kit';
import { organizationOutcomeKinds, savedOutcome } from '#lib/organization/outcome.ts';
import { adviceOn, changeOf, formOfSettings, readSettingsForm } from '#lib/organization/settings-form.ts';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { leaveOutcome, takeOutcome } from '#lib/server/outcome-cookie.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import { resolve } from '$app/paths';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { rollcall }, cookies }) => {
  await requireOrganizer();
  const details = await answerOf(rollcall.organization.get());
  const { organization, service } = details;
  const saved = takeOutcome(cookies, organizationOutcomeKinds);
  return { organization, service, values: formOfSettings(details), outcome: saved && savedOutcome };
}) satisfies PageServerLoad;

export const actions = {
  async default({ request, locals: { rollcall }, cookies }) {
    await requireOrganizer(address());
    const values = readSettingsForm(await formOf(request));
    const { service } = await answerOf(rollcall.organization.get(), address());
    const asked = changeOf(values, service);
    if ('problems' in asked) return fail(400, { problems: asked.problems, values });
    try {
      await rollcall.organization.change(asked.change);
    } catch (failure) {
      if (!(failure instanceof RollcallError) || failure.code !== 'invalid') refuse(failure, address());
      const problems = (failure.errors ?? []).map(({ field }) => [field, adviceOn(field, service)] as const);
      return fail(400, { problems: Object.fromEntries(problems), values });
    }
    leaveOutcome(cookies, { kind: 'settings-saved', about: '1' });
    redirect(303, address());
  },
} satisfies Actions;

function requireOrganizer(next?: string) {
  return requireAdministrator(next, 'Organization is for those who decide how long everybody’s sessions live.');
}

function address(): string {
  return resolve('/(console)/system/organization');
}
