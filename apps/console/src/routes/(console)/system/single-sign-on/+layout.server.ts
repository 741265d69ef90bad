import { answerOf } from '#lib/server/answer.ts';
import { takeOutcome } from '#lib/server/outcome-cookie.ts';
import { requireProviderManager } from '#lib/server/viewer.ts';
import { providerOutcomeKinds } from '#lib/single-sign-on/outcome.ts';
import { resolve } from '$app/paths';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ locals: { rollcall, now }, cookies }) => {
  const { permissions, organization } = await requireProviderManager();
  const { identityProvider, addresses } = await answerOf(rollcall.singleSignOn.provider());
  const page = resolve('/sign-in/[[organization]]', { organization: organization.slug });
  return {
    identityProvider,
    addresses,
    signInPage: new URL(page, addresses.callbackUrl).href,
    permissions,
    loadedAt: now,
    outcome: takeOutcome(cookies, providerOutcomeKinds)?.kind,
  };
}) satisfies LayoutServerLoad;
