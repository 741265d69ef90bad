import { MadeApiKey } from '@rollcall/core/schema/api-key';
import { Invited } from '@rollcall/core/schema/authentication';
import { SavedViewAnswer } from '@rollcall/core/schema/saved-view';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, ownOrigin, password, type TestApi } from '../../test/api.ts';
import {
  answerSchema,
  bodyTypes,
  type Operation,
  operations,
  parameterValues,
  valuesOf,
  wildText,
} from '../../test/openapi-operations.ts';
import { choose } from '../../test/signing-on.ts';
import { clientSecret, TestProvider } from '../../test/test-provider.ts';

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
afterAll(() => provider[Symbol.asyncDispose]());

type Caller = 'administrator' | 'member' | 'ended' | 'forged' | 'nobody';

interface Generated {
  readonly caller: Caller;
  readonly inCookie: boolean;
  readonly origin: string | undefined;
  readonly path: Record<string, string>;
  readonly query: [string, string][];
  readonly contentType: string | undefined;
  readonly body: string | Uint8Array | undefined;
}

/** People and sessions for one run to act on: what they do to them concerns no other run. */
async function cast(api: TestApi, { path }: Pick<Operation, 'path'>) {
  const administrator = await api.administrator();
  const { organization } = administrator;
  const user = await api.createUser(organization);
  const [member, ended] = [await api.signIn(user), await api.signIn(user)];
  await api.request('/api/Authentication', { method: 'DELETE', token: ended.token });
  const foreign = await api.administrator();
  const viewId = await keptViews(api, administrator.token);
  const tokens: Record<Caller, string | undefined> = {
    administrator: administrator.token,
    member: member.token,
    ended: ended.token,
    forged: `${member.token.slice(0, -43)}${'A'.repeat(43)}`,
    nobody: undefined,
  };
  const meaningful = {
    requestId: [administrator, member, ended, foreign].map(({ session }) => session.requestId),
    email: [user.email],
    userId: [user, administrator.user, foreign.user].map(({ userId }) => userId),
    password: [password],
    currentPassword: [password],
    newPassword: [password],
    link: await links(api, administrator.token),
    organization: [organization.slug],
    organizationId: [organization.organizationId],
    ...(isAboutProviders(path) && (await keptProvider(api, administrator.token))),
    viewId,
    ...(await keptKey(api, administrator.token)),
    token: [administrator, member, ended, foreign].map(({ token }) => token),
  };
  return { tokens, meaningful };
}

async function keptViews(api: TestApi, token: string): Promise<string[]> {
  const headers = { 'content-type': 'application/json' };
  const keep = async (name: string) => {
    const init = { method: 'POST', token, headers, body: JSON.stringify({ name }) };
    return (await bodyOf(await api.request('/api/SavedViews', init), SavedViewAnswer)).savedView.viewId;
  };
  return [await keep('One'), await keep('Another')];
}

async function keptKey(api: TestApi, token: string) {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', token, headers, body: JSON.stringify({ name: 'Nightly' }) };
  const { apiKey, key } = await bodyOf(await api.request('/api/ApiKeys', init), MadeApiKey);
  return { keyId: [apiKey.keyId], key: [key] };
}

async function links(api: TestApi, token: string): Promise<string[]> {
  const headers = { 'content-type': 'application/json' };
  const invited = async (email: string) => {
    const init = { method: 'POST', token, headers, body: JSON.stringify({ email }) };
    const { passwordLink } = await bodyOf(await api.request('/api/Users', init), Invited);
    return new URL(passwordLink?.url ?? '').hash.slice(1);
  };
  return [await invited('one@example.com')];
}

function isAboutProviders(path: string): boolean {
  return /^\/api\/(?:IdentityProvider|SingleSignOn)/.test(path);
}

async function keptProvider(api: TestApi, token: string) {
  const { issuer } = provider;
  expect((await choose(api, token, { issuer })).status).toBe(200);
  const logoutToken = () => provider.logoutToken({ sub: 'ada' }, Date.parse(api.now));
  return {
    issuer: [issuer],
    clientSecret: [clientSecret],
    logout_token: [await logoutToken(), await logoutToken(), await logoutToken(), await logoutToken()],
  };
}

type Cast = Awaited<ReturnType<typeof cast>>;

function requestsTo(operation: Operation, { meaningful }: Cast): fc.Arbitrary<Generated> {
  const parameters = (place: 'path' | 'query') => operation.parameters.filter((parameter) => parameter.in === place);
  const queryParameter = parameters('query').map(({ name, schema }) =>
    fc.tuple(fc.constant(name), parameterValues(name, schema, meaningful)),
  );
  const unknown = fc.tuple(fc.constantFrom('unknown', '__proto__', 'Page', ''), wildText);
  const noQuery = fc.constant<[string, string][]>([]);
  const query = queryParameter.length === 0 ? noQuery : fc.array(fc.oneof(...queryParameter), { maxLength: 4 });
  const content = operation.requestBody?.content ?? {};
  const bodyType = bodyTypes.find((type) => type in content) ?? 'application/json';
  const schema = content[bodyType]?.schema;
  return fc.record({
    caller: fc.oneof(
      { weight: 5, arbitrary: fc.constant('administrator' as const) },
      { weight: 2, arbitrary: fc.constant('member' as const) },
      { weight: 1, arbitrary: fc.constantFrom('ended' as const, 'forged' as const, 'nobody' as const) },
    ),
    inCookie: fc.boolean(),
    origin: fc.constantFrom(ownOrigin, ownOrigin, undefined, 'https://evil.test'),
    path: fc.record(
      Object.fromEntries(
        parameters('path').map(({ name, schema: of }) => [name, parameterValues(name, of, meaningful)]),
      ),
    ),
    query: fc.oneof(
      { weight: 6, arbitrary: query },
      { weight: 1, arbitrary: fc.tuple(query, unknown).map(([known, one]) => [...known, one]) },
    ),
    contentType: schema
      ? fc.oneof(
          { weight: 12, arbitrary: fc.constant(bodyType) },
          { weight: 1, arbitrary: fc.constantFrom('text/plain', undefined, 'application/json; charset=latin1') },
        )
      : fc.constant(undefined),
    body: schema
      ? fc.oneof(
          { weight: 12, arbitrary: valuesOf(schema, meaningful).map((value) => written(value, bodyType)) },
          { weight: 1, arbitrary: wildText },
          { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => new Uint8Array(bytes)) },
        )
      : fc.constant(undefined),
  });
}

function written(value: unknown, type: (typeof bodyTypes)[number]): string {
  if (type === 'application/json') return JSON.stringify(value);
  const form = new URLSearchParams();
  for (const [name, text] of Object.entries(value ?? {})) form.append(name, String(text));
  return form.toString();
}

async function send(api: TestApi, operation: Operation, { tokens }: Cast, made: Generated): Promise<Response> {
  const headers = new Headers();
  const token = tokens[made.caller];
  if (token !== undefined) headers.set(...carried(token, made.inCookie));
  if (made.origin !== undefined) headers.set('origin', made.origin);
  if (made.contentType !== undefined) headers.set('content-type', made.contentType);
  const path = operation.path.replace(/\{(.*?)\}/g, (_, name: string) => encoded(made.path[name] ?? '') || '%00');
  const query = made.query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const body = typeof made.body === 'string' ? made.body.toWellFormed() : made.body;
  return await api.request(query === '' ? path : `${path}?${query}`, {
    method: operation.method,
    headers,
    ...(body !== undefined && { body: body instanceof Uint8Array ? Buffer.from(body) : body }),
  });
}

function carried(token: string, inCookie: boolean): [string, string] {
  return inCookie ? ['cookie', `rollcall=${token}`] : ['authorization', `Bearer ${token}`];
}

function encoded(text: string): string {
  // A path of dots alone means another path.
  return encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E');
}

onEachEngine(
  (current) => {
    describe.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', (_, operation) => {
      test('answers whatever it is asked as the document allows, and does its work in between', async () => {
        const api = current();
        const statuses = new Set<number>();
        // Reading leaves everybody as they are.
        const readers = operation.method === 'GET' ? await cast(api, operation) : undefined;
        await fc.assert(
          fc.asyncProperty(fc.gen(), async (generate) => {
            const people = readers ?? (await cast(api, operation));
            for (let count = 0; count < 6; count += 1) {
              const made = generate(() => requestsTo(operation, people));
              const answer = await send(api, operation, people, made);
              const { status } = answer;
              const type = answer.headers.get('content-type');
              const text = await answer.text();
              expect(status, text).not.toBe(500);
              const body: unknown = type?.match(/[/+]json/) ? JSON.parse(text) : text;
              expect(answerSchema(operation, status, type).parse(body)).toBeDefined();
              statuses.add(status);
            }
          }),
          { numRuns: 40, endOnFailure: true },
        );
        expect([...statuses].filter((status) => status < 400)).toHaveLength(1);
        expect(statuses).toContain(400);
      });
    });
  },
  { fetch: reachTheProvider },
);

// Whatever else is generated is nobody’s address.
function reachTheProvider(...[address, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
  if (typeof address === 'string' && address.startsWith(`${provider.issuer}/`)) return globalThis.fetch(address, init);
  return Promise.reject(new TypeError('there is nobody'));
}
