/** Making keys and taking them back, from any page that shows keys. */
import { RollcallError } from '@rollcall/sdk';
import { fail, type RequestEvent } from '@sveltejs/kit';
import { readKeyForm } from '#lib/api-keys/key-form.ts';
import { refuse } from './answer.ts';
import { formOf } from './form.ts';

export async function makeKey({ request, locals }: RequestEvent, next: string) {
  const form = readKeyForm(await formOf(request), locals.now);
  if ('fields' in form) return fail(400, { fields: form.fields });
  try {
    const { apiKey, key } = await locals.rollcall.apiKeys.make(form.request);
    return { made: { name: apiKey.name, key } };
  } catch (failure) {
    const message = failure instanceof RollcallError ? messages[failure.code] : undefined;
    return message === undefined ? refuse(failure, next) : fail(409, { message });
  }
}

const messages: Readonly<Record<string, string>> = {
  forbidden: 'The key would have a permission that you or its account do not have.',
  'too-many': 'There are as many keys as there may be. Revoke one that is no longer needed first.',
};

export async function revokeKey({ request, locals }: RequestEvent, next: string): Promise<void> {
  const keyId = String((await formOf(request)).get('keyId'));
  try {
    await locals.rollcall.apiKeys.revoke(keyId);
  } catch (failure) {
    if (!(failure instanceof RollcallError && failure.code === 'not-found')) refuse(failure, next);
  }
}
