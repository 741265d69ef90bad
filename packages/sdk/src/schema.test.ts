import { readFile } from 'node:fs/promises';
import type * as problem from '@rollcall/core/schema/problem';
import * as session from '@rollcall/core/schema/session';
import type * as list from '@rollcall/core/schema/session-list';
import type * as user from '@rollcall/core/schema/user';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { expect, expectTypeOf, test } from 'vitest';
import type * as wire from './wire.ts';

test('the generated types are those of openapi.json; if not: turbo run gen', async () => {
  const document = new URL('../../../apps/server/openapi.json', import.meta.url);
  const generated = astToString(await openapiTypescript(document, { defaultNonNullable: false }));
  const kept = await readFile(new URL('schema.ts', import.meta.url), 'utf8');
  expect(withoutHeader(kept)).toBe(withoutHeader(generated));
});

// Where types are published, those of openapi.json stand for core's schemas.
test('they describe what core’s schemas describe', () => {
  expectTypeOf<WithUndefined<wire.Session>>().toEqualTypeOf<session.Session>();
  expectTypeOf<WithUndefined<wire.Problem>>().toEqualTypeOf<problem.Problem>();
  expectTypeOf<wire.EndReason>().toEqualTypeOf<session.EndReason>();
  expectTypeOf<wire.SessionStatistics>().toEqualTypeOf<session.SessionStatistics>();
  expectTypeOf<keyof wire.SessionList>().toEqualTypeOf<keyof list.SessionList>();
  expectTypeOf<wire.SessionListQuery>().toEqualTypeOf<list.SessionListQuery>();
  expectTypeOf<wire.SessionListRequest>().toEqualTypeOf<list.SessionListRequest>();
  expectTypeOf<wire.SearchError>().toEqualTypeOf<list.SearchError>();
  expectTypeOf<wire.AuthMethod>().toEqualTypeOf<session.AuthMethod>();
  expectTypeOf<wire.ClientType>().toEqualTypeOf<session.ClientType>();
  expectTypeOf<wire.AccountType>().toEqualTypeOf<user.AccountType>();
  expectTypeOf<wire.SessionSort>().toEqualTypeOf<list.SessionSort>();
  expectTypeOf<wire.SessionStatus>().toEqualTypeOf<list.SessionStatus>();
  expectTypeOf<wire.Permission>().toEqualTypeOf<user.Permission>();
  expectTypeOf<wire.Role>().toEqualTypeOf<user.Role>();

  const figures: wire.SessionStatistics = {
    totalSessions: 2,
    activeSessions: 1,
    uniqueUsers: 1,
    averageDurationMinutes: 0.5,
  };
  expect(session.SessionStatistics.parse(figures)).toEqual(figures);
});

/** zod allows `undefined` for what may be left out, the generated types do not. */
type WithUndefined<T> = T extends object
  ? { [K in keyof T]: WithUndefined<T[K]> | (T extends Record<K, T[K]> ? never : undefined) }
  : T;

function withoutHeader(source: string): string {
  return source.slice(source.indexOf('export interface paths'));
}
