/** An application that verifies the tokens of its users. */
import { Introspection } from '@rollcall/core/schema/introspection';
import { sql } from 'kysely';
import { bodyOf, type SignedInUser, type TestApi } from './api.ts';

export const phone = { ipAddress: '2001:0db8::0:5', userAgent: 'phone/1.0' };

/** Its service account, and a user of its organization; both have signed in. */
export async function applicationAndUser(api: TestApi) {
  const organization = await api.createOrganization();
  const account = await api.createUser(organization, { accountType: 'service', permissions: ['sessions:verify'] });
  const user = await api.createUser(organization, { permissions: ['audit:read'] });
  return { organization, application: await api.signIn(account), user, ...(await api.signIn(user)) };
}

/** A request of the application, from an address of its own. */
export function post(api: TestApi, path: string, { token }: Pick<SignedInUser, 'token'>, body: object) {
  const headers = { 'content-type': 'application/json' };
  const client = { peerAddress: '203.0.113.80', userAgent: 'application/1.0' };
  return api.request(path, { method: 'POST', token, headers, body: JSON.stringify(body), client });
}

/** What the application is told of a token. */
export async function introspected(
  api: TestApi,
  application: Pick<SignedInUser, 'token'>,
  question: object,
): Promise<Introspection> {
  return await bodyOf(await post(api, '/api/Introspection', application, question), Introspection);
}

/** As if so much time had passed since the tokens of an organization were confirmed. Their age is judged by the database's clock. */
export async function ageTokens(api: TestApi, organizationId: string, seconds: number): Promise<void> {
  await api.database.inOrganization(organizationId, (tx) =>
    sql`update sessions set token_confirmed_at = token_confirmed_at - ${seconds} * interval '1 second'
      where organization_id = ${organizationId}`.execute(tx),
  );
  api.registry.forgetAll();
}
