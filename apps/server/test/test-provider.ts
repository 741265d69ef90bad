/** An OpenID provider that does whatever a test wants of it, also what none should. On a socket of its own. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export type Claims = Readonly<Record<string, unknown>>;

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
}

/** Takes the place of an answer; undefined for the ordinary one. */
export type Answerer = (path: string, response: ServerResponse) => boolean;

export const clientId = 'rollcall';
export const clientSecret = 'secret of: Röllcall & Co.';
export const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

export class TestProvider implements AsyncDisposable {
  readonly issuer: string;
  /** What is different in the discovery document. */
  metadata: Claims = {};
  /** What is different in the next ID tokens; undefined leaves a claim out. */
  claims: Claims = {};
  userinfo: Claims = {};
  /** Signs an ID token otherwise. */
  sign: ((claims: Claims) => Promise<string> | string) | undefined;
  answer: Answerer = () => false;
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #codes = new Map<string, { nonce: string; challenge: string; redirectUri: string }>();
  #key: Key;

  private constructor(server: Server, issuer: string, key: Key) {
    this.#server = server;
    this.issuer = issuer;
    this.#key = key;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#respond(request, response));
  }

  static async start(): Promise<TestProvider> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    return new TestProvider(server, `http://127.0.0.1:${address.port}`, await newKey());
  }

  /** As it was when it was started, with the same key. */
  behave(): void {
    this.metadata = {};
    this.claims = {};
    this.userinfo = {};
    this.sign = undefined;
    this.answer = () => false;
    this.asked.length = 0;
  }

  /** Another key takes the place of the one that was published. */
  async rotate(): Promise<Key> {
    const former = this.#key;
    this.#key = await newKey();
    return former;
  }

  /** What somebody's browser does there: the address with which it comes back. */
  authorize(location: string, answer: Readonly<Record<string, string>> = {}): URL {
    const asked = new URL(location).searchParams;
    const told = (name: string) => asked.get(name) ?? '';
    const code = randomBytes(16).toString('hex');
    const redirectUri = told('redirect_uri');
    this.#codes.set(code, { nonce: told('nonce'), challenge: told('code_challenge'), redirectUri });
    const back = new URL(redirectUri);
    const given = 'error' in answer ? answer : { code, ...answer };
    for (const [name, value] of Object.entries({ state: told('state'), iss: this.issuer, ...given })) {
      back.searchParams.set(name, value);
    }
    return back;
  }

  signed(claims: Claims, { key = this.#key, typ }: { key?: Key; typ?: string | undefined } = {}): Promise<string> {
    const header = { alg: 'ES256', kid: key.kid, ...(typ !== undefined && { typ }) };
    return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key.privateKey);
  }

  logoutToken(claims: Claims, now = Date.now()): Promise<string> {
    return this.signed(this.logoutClaims(claims, now), { typ: 'logout+jwt' });
  }

  logoutClaims(claims: Claims, now = Date.now()): Claims {
    const iat = Math.floor(now / 1000);
    const about = { iss: this.issuer, aud: clientId, iat, exp: iat + 120, jti: randomBytes(16).toString('hex') };
    return { ...about, events: { [logoutEvent]: {} }, ...claims };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    this.asked.push(path);
    const body = new URLSearchParams(await text(request));
    if (this.answer(path, response)) return;
    const [status, told] = await this.#answerTo(path, request, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  }

  async #answerTo(path: string, request: IncomingMessage, body: URLSearchParams): Promise<[number, unknown]> {
    if (path === '/.well-known/openid-configuration') return [200, this.#document()];
    if (path === '/jwks') return [200, { keys: [this.#key.published] }];
    if (path === '/token') return await this.#exchange(request, body);
    if (path === '/userinfo') return [200, { sub: 'ada', ...this.userinfo }];
    return [404, { error: 'not_found' }];
  }

  #document(): Claims {
    const at = (path: string) => `${this.issuer}${path}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at('/authorize'),
      token_endpoint: at('/token'),
      jwks_uri: at('/jwks'),
      userinfo_endpoint: at('/userinfo'),
      end_session_endpoint: at('/end-session'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
      ...this.metadata,
    };
  }

  async #exchange(request: IncomingMessage, body: URLSearchParams): Promise<[number, unknown]> {
    const [id, secret] = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64')
      .toString()
      .split(':')
      .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    if (id !== clientId || secret !== clientSecret) return [401, { error: 'invalid_client' }];
    const code = this.#codes.get(body.get('code') ?? '');
    this.#codes.delete(body.get('code') ?? '');
    const verifier = createHash('sha256').update(body.get('code_verifier') ?? '');
    const isRight = code?.challenge === verifier.digest('base64url') && code.redirectUri === body.get('redirect_uri');
    if (!isRight) return [400, { error: 'invalid_grant' }];
    const idToken = await (this.sign ?? ((claims) => this.signed(claims)))(this.#idClaims(code.nonce));
    return [200, { access_token: 'opaque', token_type: 'Bearer', expires_in: 60, id_token: idToken }];
  }

  #idClaims(nonce: string): Claims {
    const iat = Math.floor(Date.now() / 1000);
    const about = { iss: this.issuer, aud: clientId, iat, exp: iat + 120, nonce, sub: 'ada', sid: 'there-1' };
    const claims = { ...about, email: 'ada@example.com', email_verified: true, ...this.claims };
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  }
}

async function newKey(): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  return { kid, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}
