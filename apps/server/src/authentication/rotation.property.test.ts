/** The server, asked over HTTP, answers as core's rule does, whatever honest clients and a thief do in whichever order. */
import { toInstant } from '@rollcall/core/instant';
import { isAccepted, judgeFromDatabase, type TokenState } from '@rollcall/core/rotation';
import { parseToken } from '@rollcall/core/token';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { onEachEngine, rotation, type SignedInUser, TestApi } from '../../test/api.ts';

type Event =
  /** A client reads the store and asks; `isLost`: the answer never arrives. */
  | { readonly kind: 'ask'; readonly isLost: boolean }
  /** Some client read the store a while ago: it presents what was in it so many tokens before. */
  | { readonly kind: 'ask late' }
  | { readonly kind: 'steal' }
  | { readonly kind: 'present stolen' }
  /** No sum of these comes within a second of a limit. */
  | { readonly kind: 'pass'; readonly seconds: number };

const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask'), isLost: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask late') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('steal') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('present stolen') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass'), seconds: fc.constantFrom(7, 14, 35, 301, 308) }) },
);

const numberOf = (token: string) => parseToken(token)?.number ?? 0;

/** One session, the clients' store, what a thief has, and core's idea of all that. */
class Course {
  readonly #api: TestApi;
  readonly #session: SignedInUser;
  readonly #organizationId: string;
  #store: string;
  #before: string;
  #stolen: string | undefined;
  #expected: TokenState = { generation: 1, confirmedAt: toInstant(0), ended: false };
  #now = 0;
  #thiefWasSeen: boolean = false;

  constructor(api: TestApi, session: SignedInUser, organizationId: string) {
    this.#api = api;
    this.#session = session;
    this.#organizationId = organizationId;
    this.#store = this.#before = session.token;
  }

  async run(event: Event): Promise<void> {
    if (event.kind === 'pass') await this.#pass(event.seconds);
    else if (event.kind === 'steal') this.#stolen = this.#store;
    else if (event.kind === 'ask') await this.#ask(event.isLost);
    else if (event.kind === 'ask late') await this.#askLate();
    else await this.#presentStolen();
  }

  async #ask(isLost: boolean): Promise<void> {
    const { isAccepted: accepted, next } = await this.#present(this.#store);
    if (!this.#thiefWasSeen) expect(accepted).toBe(true);
    if (next === undefined || isLost || numberOf(next) <= numberOf(this.#store)) return;
    this.#before = this.#store;
    this.#store = next;
  }

  // A request of an honest client is judged within the grace after it read the store.
  async #askLate(): Promise<void> {
    const age = this.#now - Date.parse(this.#expected.confirmedAt);
    const isWithinGrace = this.#expected.generation === numberOf(this.#store) && age <= rotation.graceMs;
    const { isAccepted: accepted } = await this.#present(isWithinGrace ? this.#before : this.#store);
    if (!this.#thiefWasSeen) expect(accepted).toBe(true);
  }

  async #presentStolen(): Promise<void> {
    if (this.#stolen === undefined) return;
    this.#thiefWasSeen = true;
    const { isAccepted: accepted } = await this.#present(this.#stolen);
    const age = this.#now - Date.parse(this.#expected.confirmedAt);
    const isOutdated = numberOf(this.#stolen) < this.#expected.generation && age > rotation.graceMs;
    if (isOutdated) expect(accepted).toBe(false);
  }

  async #present(token: string): Promise<{ isAccepted: boolean; next: string | undefined }> {
    const number = numberOf(token);
    const { verdict, effect, carries } = judgeFromDatabase(this.#expected, number, toInstant(this.#now), rotation);
    if (effect === 'confirm') this.#expected = { generation: number, confirmedAt: toInstant(this.#now), ended: false };
    if (effect === 'end') this.#expected = { ...this.#expected, ended: true };

    const answer = await this.#api.request('/api/Authentication', { token });
    expect(answer.status).toBe(isAccepted(verdict) ? 200 : 401);
    const next = answer.headers.get('rollcall-next-token') ?? undefined;
    expect(next === undefined ? null : numberOf(next)).toBe(carries);
    return { isAccepted: answer.status === 200, next };
  }

  async #pass(seconds: number): Promise<void> {
    this.#now += seconds * 1000;
    const { requestId } = this.#session.session;
    await this.#api.database.asMaintenance('doctor', (tx) =>
      sql`update sessions set token_confirmed_at = token_confirmed_at - ${seconds} * interval '1 second'
        where request_id = ${requestId}`.execute(tx),
    );
    this.#api.registry.forget(this.#organizationId, requestId);
  }
}

onEachEngine((current) => {
  test('the server answers as the rule does', async () => {
    const api = new TestApi(current().database, { clock: () => toInstant(Date.now()) });
    const { organization, user } = await api.administrator();
    await fc.assert(
      fc.asyncProperty(fc.array(events, { maxLength: 40 }), async (course) => {
        const running = new Course(api, await api.signIn(user), organization.organizationId);
        for (const event of course) await running.run(event);
      }),
      { numRuns: process.env['ROLLCALL_LONG_TESTS'] === undefined ? 60 : 2000 },
    );
  }, 600_000);
});
