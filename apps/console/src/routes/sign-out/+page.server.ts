import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { redirect } from '@sveltejs/kit';
import { answerOf } from '#lib/server/answer.ts';
import { readOrganization } from '#lib/server/organization-cookie.ts';
import { signInAddress } from '#lib/server/sign-in-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (({ request, cookies }) => {
  if (request.method !== 'POST') redirect(303, '/');
  return { signInAddress: signInAddress({ organization: readOrganization(cookies) }) };
}) satisfies PageServerLoad;

export const actions = {
  async default({ locals: { rollcall }, cookies }) {
    const atProvider = await providerSignOut(rollcall);
    await answerOf(rollcall.signOut(), '/');
    // Not a redirect: browsers follow none from a form to another site, which the content security policy keeps forms from.
    if (atProvider !== undefined) return { atProvider };
    redirect(303, signInAddress({ organization: readOrganization(cookies), reason: 'signed-out' }));
  },
} satisfies Actions;

const patienceMs = 2000;

/** Where one signs out at the identity provider, too. One that does not answer keeps nobody signed in here. */
async function providerSignOut({ singleSignOn }: Rollcall): Promise<string | undefined> {
  try {
    return await singleSignOn.signOutAddress({ signal: AbortSignal.timeout(patienceMs) });
  } catch (failure) {
    if (failure instanceof RollcallError) return undefined;
    throw failure;
  }
}
