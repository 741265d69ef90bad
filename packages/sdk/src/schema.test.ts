import { readFile } from 'node:fs/promises';
import type { Authentication } from '@rollcall/core/schema/authentication';
import type { Problem } from '@rollcall/core/schema/problem';
import type { Session, SessionStatistics } from '@rollcall/core/schema/session';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { expect, expectTypeOf, test } from 'vitest';
import * as sdk from './index.ts';

test('the generated types are those of openapi.json (turbo run gen)', async () => {
  const document = new URL('../../../apps/server/openapi.json', import.meta.url);
  const generated = astToString(await openapiTypescript(document, { defaultNonNullable: false }));
  const kept = await readFile(new URL('schema.ts', import.meta.url), 'utf8');
  expect(kept.slice(kept.indexOf('export interface paths'))).toBe(
    generated.slice(generated.indexOf('export interface paths')),
  );
});

test('what the SDK calls a session is what core calls one', () => {
  expectTypeOf<sdk.Session>().toExtend<Session>();
  expectTypeOf<sdk.SessionStatistics>().toEqualTypeOf<SessionStatistics>();
  expectTypeOf<sdk.Authentication['permissions']>().toEqualTypeOf<Authentication['permissions']>();
  expectTypeOf<sdk.Problem['code']>().toEqualTypeOf<Problem['code']>();
  expect(Object.keys(sdk)).toContain('createRollcall');
});
