/**
 * An OpenID provider to try single sign-on with: a real one (oidc-provider), with accounts that anybody may choose from. For one's own machine alone.
 *
 * node src/main.ts [--port 4500] [--rollcall http://localhost:4400] [--signed-out URL] [--back-channel URL]
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import Provider from 'oidc-provider';
import { accounts, findAccount } from './accounts.ts';
import { interactions } from './interactions.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4500' },
    rollcall: { type: 'string', default: 'http://localhost:4400' },
    'signed-out': { type: 'string', multiple: true, default: [] },
    'back-channel': { type: 'string' },
  },
});

const issuer = `http://localhost:${values.port}`;
const client = { client_id: 'rollcall', client_secret: 'a secret for trying things out' };
const backChannel = values['back-channel'];

const provider = new Provider(issuer, {
  clients: [
    {
      ...client,
      redirect_uris: [new URL('/api/SingleSignOn/Callback', values.rollcall).href],
      post_logout_redirect_uris: values['signed-out'],
      ...(backChannel !== undefined && {
        backchannel_logout_uri: backChannel,
        backchannel_logout_session_required: true,
      }),
    },
  ],
  jwks: { keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['openid', 'email', 'profile', 'groups'],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name'],
    groups: ['groups'],
    ...{ acr: null, amr: null, auth_time: null, sid: null, iss: null },
  },
  acrValues: ['urn:example:two-factors'],
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    claimsParameter: { enabled: true },
  },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount,
  // Its own keeps to public addresses, and Rollcall is on this machine.
  fetch: (url, { method = 'GET', headers = {}, body = null } = {}) => fetch(url, { method, headers, body }),
  // Nobody is asked twice: whoever chose an account consents to what the one client asks for.
  async loadExistingGrant({ oidc }) {
    const { session, client: asking, params } = oidc;
    const grant = new oidc.provider.Grant({ accountId: session?.accountId, clientId: asking?.clientId });
    grant.addOIDCScope(String(params?.['scope'] ?? ''));
    grant.addOIDCClaims(['acr', 'amr', 'auth_time']);
    await grant.save();
    return grant;
  },
});
provider.use(interactions(provider));

const server = provider.listen(Number(values.port), 'localhost');
await once(server, 'listening');
process.stdout.write(
  [
    `OpenID provider: ${issuer}`,
    `Client: ${client.client_id}, its secret: ${client.client_secret}`,
    `Accounts: ${accounts.map(({ email, groups }) => `${email} (${groups.join(', ') || 'no groups'})`).join('; ')}`,
    '',
  ].join('\n'),
);
