import { RollcallError } from '@rollcall/sdk';
import { redirect } from '@sveltejs/kit';
import { refuse } from '#lib/server/answer.ts';
import { leaveOutcome } from '#lib/server/outcome-cookie.ts';
import { requireProviderManager } from '#lib/server/viewer.ts';
import { resolve } from '$app/paths';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ parent }) => {
  const { identityProvider } = await parent();
  // Somebody was faster.
  if (!identityProvider) redirect(303, address());
  return { issuer: identityProvider.issuer };
}) satisfies PageServerLoad;

export const actions = {
  async default({ locals, cookies }) {
    await requireProviderManager(address());
    try {
      await locals.rollcall.singleSignOn.removeProvider();
    } catch (failure) {
      if (!(failure instanceof RollcallError && failure.code === 'not-found')) refuse(failure, address());
    }
    leaveOutcome(cookies, { kind: 'provider-removed', about: '' });
    redirect(303, address());
  },
} satisfies Actions;

function address(): string {
  return resolve('/(console)/system/single-sign-on');
}
