import { RollcallError } from '@rollcall/sdk';
import { fail, redirect } from '@sveltejs/kit';
import { refuse } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { leaveOutcome } from '#lib/server/outcome-cookie.ts';
import { requireProviderManager } from '#lib/server/viewer.ts';
import { fieldsFrom, readProviderForm, readTexts } from '#lib/single-sign-on/provider-form.ts';
import { resolve } from '$app/paths';
import type { Actions } from './$types';

export const actions = {
  async default({ request, locals, cookies }) {
    const address = resolve('/(console)/system/single-sign-on');
    await requireProviderManager(address);
    const form = await formOf(request);
    const texts = readTexts(form);
    const read = readProviderForm(form);
    if ('fields' in read) return fail(400, { texts, fields: read.fields });
    try {
      await locals.rollcall.singleSignOn.setProvider(read.request);
    } catch (failure) {
      if (!(failure instanceof RollcallError)) throw failure;
      const { code, errors = [], detail } = failure;
      if (code === 'invalid') return fail(400, { texts, fields: fieldsFrom(errors) });
      return code === 'forbidden' ? fail(403, { texts, message: detail }) : refuse(failure, address);
    }
    leaveOutcome(cookies, { kind: 'provider-saved', about: '' });
    redirect(303, address);
  },
} satisfies Actions;
