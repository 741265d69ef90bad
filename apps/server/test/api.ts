/** The API over a fresh database of one engine, with a clock that stands still until it is moved. */

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import type { SignInInput } from '@rollcall/core/schema/authentication';
import type { Organization } from '@rollcall/core/schema/organization';
import { Problem } from '@rollcall/core/schema/problem';
import { Session } from '@rollcall/core/schema/session';
import type { User } from '@rollcall/core/schema/user';
import { sql } from 'kysely';
import { type Logger, pino } from 'pino';
import { Registry as Collection } from 'prom-client';
import { afterAll, beforeAll, describe } from 'vitest';
import * as z from 'zod';
import { type ActivityRecorder, createActivityRecorder } from '../src/activity/activity-recorder.ts';
import { createApp } from '../src/app.ts';
import { type Passwords, passwordsWith } from '../src/authentication/passwords.ts';
import { contextOf, type Dependencies } from '../src/context.ts';
import type { Database } from '../src/database/database.ts';
import type { Api } from '../src/http/api.ts';
import type { ClientFacts } from '../src/http/client-address.ts';
import { createMetrics } from '../src/metrics/metrics.ts';
import { createOrganization } from '../src/organizations/create-organization.ts';
import { type Announcements, announceHere } from '../src/registry/announcements.ts';
import { soleNode } from '../src/registry/lease.ts';
import { createRegistry, type Registry } from '../src/registry/registry.ts';
import { dispatcher } from '../src/serving/dispatch.ts';
import { type TokenCheckAnswerer, tokenChecks } from '../src/serving/token-checks.ts';
import { createUser, type NewUser } from '../src/users/create-user.ts';
import { ENGINES } from './engines.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

export const password = 'correct horse battery staple';
export const ownOrigin = 'http://localhost:4400';
export const rotation = { rotateAfterMs: 300_000, graceMs: 30_000, skewMs: 2000 };
export const timeouts = { idleSeconds: 3600, absoluteSeconds: 86_400 };

export interface TestUser extends User {
  readonly organization: Organization;
}

export interface SignedInUser {
  readonly session: Session;
  readonly token: string;
}

/** The same tests on every engine, each over one fresh database; `api()` is there while a test runs. */
export function onEachEngine(tests: (api: () => TestApi) => void, overrides: Partial<Dependencies> = {}): void {
  describe.each(ENGINES)('%s', (engine) => {
    let opened: TestDatabase | undefined;
    let api: TestApi | undefined;
    beforeAll(async () => {
      opened = await openTestDatabase(engine);
      api = new TestApi(opened.database, overrides);
    });
    afterAll(() => opened?.destroy());
    tests(() => {
      if (!api) throw new Error('the database is opened before the first test');
      return api;
    });
  });
}

/** What `createApp` is given, and the few calls that tests make all day. */
export class TestApi {
  readonly app: Api;
  readonly answerTokenCheck: TokenCheckAnswerer;
  readonly database: Database;
  readonly activity: ActivityRecorder;
  readonly registry: Registry;
  readonly announcements: Announcements;
  readonly passwords: Passwords;
  /** How many passwords were hashed or compared. */
  derivations = 0;
  /** Every line that was logged. */
  readonly logged: string[] = [];
  readonly #log: Logger;
  #now: Instant = '2026-11-23T09:42:19.000Z';

  constructor(database: Database, overrides: Partial<Dependencies> = {}) {
    const log = pino({ level: 'trace' }, { write: (line: string) => void this.logged.push(line) });
    this.#log = log;
    this.database = database;
    this.activity = createActivityRecorder({ database, log });
    const clock = () => this.#now;
    const monotonic = () => toMilliseconds(this.#now);
    const { graceMs: patienceMs } = rotation;
    this.registry = createRegistry({ database, lease: soleNode, clock, monotonic, patienceMs, capacity: 1000 });
    this.passwords = passwordsWith(randomBytes, async (text, { salt }) => {
      this.derivations += 1;
      return createHash('sha256').update(salt).update(text).digest();
    });
    this.announcements = announceHere({ database, registry: this.registry, monotonic });
    const collection = new Collection();
    const context = contextOf({
      database,
      activity: this.activity,
      registry: this.registry,
      announcements: this.announcements,
      passwords: this.passwords,
      clock,
      monotonic,
      random: randomBytes,
      fetch: () => Promise.reject(new TypeError('a test that reaches a provider says so')),
      secrets: ['a secret of at least thirty-two characters'],
      publicUrl: new URL(ownOrigin),
      trustedProxies: [],
      allowedOrigins: [],
      timeouts,
      retentionDays: 90,
      rotation,
      signInLimit: 5,
      log,
      metrics: createMetrics({ collection, registry: this.registry, activity: this.activity }),
      ...overrides,
    });
    this.app = createApp(context);
    this.answerTokenCheck = tokenChecks(context);
  }

  get now(): Instant {
    return this.#now;
  }

  pass(seconds: number): void {
    this.#now = toInstant(toMilliseconds(this.#now) + seconds * 1000);
  }

  /** For an HTTP server of the test's own. */
  listener(): RequestListener {
    const logging = { log: this.#log, newId: randomUUID, monotonic: () => 0, trustedProxies: [] };
    const { app: api, answerTokenCheck } = this;
    return dispatcher({ api, answerTokenCheck, console: undefined, publicUrl: new URL(ownOrigin), ...logging });
  }

  /** A request as from a socket, from 192.0.2.7 unless `client` says otherwise. */
  async request(path: string, init: RequestInit & { token?: string; client?: Partial<ClientFacts> } = {}) {
    const { token, client, ...rest } = init;
    const headers = new Headers(rest.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const facts = { peerAddress: '192.0.2.7', forwardedFor: undefined, userAgent: 'test/1.0', ...client };
    return await this.app.request(path, { ...rest, headers }, { client: facts });
  }

  async postSignIn(body: unknown, init: Parameters<TestApi['request']>[1] = {}): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...init.headers };
    return await this.request('/api/Authentication', { method: 'POST', ...init, headers, body: JSON.stringify(body) });
  }

  async signIn(
    user: TestUser,
    { client, ...body }: Partial<Omit<SignInInput, 'client'>> & { client?: Partial<ClientFacts> } = {},
  ): Promise<SignedInUser> {
    const answer = await this.postSignIn(
      { method: 'password', email: user.email, password, organization: user.organization.slug, ...body },
      { ...(client && { client }) },
    );
    return z.object({ session: Session, token: z.string() }).parse(await answer.json());
  }

  async createOrganization(): Promise<Organization> {
    const organizationId = randomUUID();
    const organization = { organizationId, slug: `org-${organizationId}`, name: 'An organization' };
    return await createOrganization(this.database, { ...organization, at: this.now });
  }

  async createUser(organization: Organization, about: Partial<NewUser> = {}): Promise<TestUser> {
    const { organizationId } = organization;
    const passwordHash = await this.passwords.hash(password);
    const user = await this.database.inOrganization(organizationId, (tx) =>
      createUser(tx, {
        organizationId,
        userId: randomUUID(),
        email: `${randomUUID()}@example.com`,
        accountType: 'person',
        role: 'member',
        permissions: [],
        passwordHash,
        at: this.now,
        eventId: randomUUID(),
        ...about,
      }),
    );
    return { ...user, organization };
  }

  /** A new organization's administrator, signed in. */
  async administrator() {
    const organization = await this.createOrganization();
    const user = await this.createUser(organization, { role: 'administrator' });
    return { organization, user, ...(await this.signIn(user)) };
  }
}

/** What signs a user in. */
export function credentialsOf({ email, organization }: TestUser) {
  return { method: 'password', email, password, organization: organization.slug };
}

/** How many rows every table holds: nothing may be added by what is refused. */
export async function contentsOf(api: TestApi): Promise<unknown> {
  return await api.database.asMaintenance('doctor', async (tx) => {
    const counted = await sql`
      select (select count(*) from organizations) as organizations, (select count(*) from users) as users,
        (select count(*) from sessions) as sessions, (select count(*) from sessions where ended_at is null) as live,
        (select count(*) from audit_events) as audit_events, (select count(*) from sign_in_failures) as failures
    `.execute(tx);
    return counted.rows;
  });
}

/** The body of an answer that is no problem. */
export async function bodyOf<T>(answer: Response, schema: z.ZodType<T>): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return schema.parse(await answer.json());
}

/** The problem that an answer is; throws when it is none. */
export async function problemOf(answer: Response): Promise<Problem> {
  const type = answer.headers.get('content-type');
  if (type !== 'application/problem+json') throw new Error(`${answer.status} ${type} is not a problem document`);
  const problem = z.strictObject(Problem.shape).parse(await answer.json());
  if (problem.status !== answer.status) throw new Error(`${answer.status} says it is ${problem.status}`);
  return problem;
}
