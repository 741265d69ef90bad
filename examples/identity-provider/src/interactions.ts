/** The provider's page: one chooses an account instead of proving whose it is. */
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { accounts } from './accounts.ts';

type Middleware = Parameters<Provider['use']>[0];

export function interactions(provider: Provider): Middleware {
  return async function interact(ctx, next) {
    const [, uid, chosen] = /^\/interaction\/([\w-]+)(?:\/(\w+))?$/.exec(ctx.path) ?? [];
    if (uid === undefined) return await next();
    if (chosen === undefined) {
      await provider.interactionDetails(ctx.req, ctx.res);
      show(ctx, uid);
      return undefined;
    }
    // as if a password and a code had been asked for
    const login = { accountId: chosen, amr: ['pwd', 'otp'], acr: 'urn:example:two-factors' };
    const result = chosen === 'nobody' ? { error: 'access_denied', error_description: 'Nobody was chosen' } : { login };
    ctx.respond = false;
    return await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  };
}

function show(ctx: Pick<KoaContextWithOIDC, 'type' | 'body' | 'set'>, uid: string): void {
  const choices = accounts.map(({ accountId, name, email }) => button(uid, accountId, `${name}, ${email}`));
  ctx.type = 'html';
  ctx.body = `<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>Who are you?</title>
<h1>Who are you?</h1>
${[...choices, button(uid, 'nobody', 'Cancel')].join('\n')}
</html>`;
}

function button(uid: string, accountId: string, label: string): string {
  return `<form method="post" action="/interaction/${uid}/${accountId}"><button>${label}</button></form>`;
}
