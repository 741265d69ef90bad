import { redirect } from '@sveltejs/kit';
import { answerOf } from '#lib/server/answer.ts';
import { readOrganization } from '#lib/server/organization-cookie.ts';
import { signInAddress } from '#lib/server/sign-in-address.ts';
import type { Actions } from './$types';

export function load(): never {
  redirect(303, '/');
}

export const actions = {
  async default({ locals, cookies }) {
    await answerOf(locals.rollcall.signOut(), '/');
    redirect(303, signInAddress({ organization: readOrganization(cookies), reason: 'signed-out' }));
  },
} satisfies Actions;
