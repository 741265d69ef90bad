import { parseQuery } from '@rollcall/core/query/parse';
import { expect, test } from 'vitest';
import { statusAlone } from './status-alone.ts';

const moment = { now: '2026-11-23T09:42:19.000Z', timeouts: { idleSeconds: 60, absoluteSeconds: 600 } };

test.for([
  ['', 'all'],
  ['status:active', 'active'],
  ['-status:active', 'inactive'],
  ['status:inactive', 'inactive'],
  ['status:active,inactive', 'all'],
  ['status:active OR status:inactive', 'all'],
  ['status:active status:active', 'active'],
  ['status:active (status:active OR status:inactive)', 'active'],
  ['status:active status:inactive', undefined],
  ['status:active ada', undefined],
  ['status:active OR ada', undefined],
  ['-(status:active ada)', undefined],
  ['client:api', undefined],
  ['ada', undefined],
] as const)('`%s` asks for %s', ([search, status]) => {
  expect(statusAlone(parseQuery(search, moment).tree)).toBe(status);
});
