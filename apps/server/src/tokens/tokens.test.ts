import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { parseToken, type TokenParts } from '@rollcall/core/token';
import { expect, test } from 'vitest';
import { tokensUnder } from './tokens.ts';

const organizationId = '01a207c8-f078-7404-83dc-e75fd24bfbbd';
const requestId = '01a207c8-f078-7790-9859-ba854a0344b0';
const unsigned = { organizationId, requestId, number: 1 };
const salt = randomBytes(32);
const secret = 'the secret of today, of some length';
const tokens = tokensUnder([secret]);

function partsOf(token: string): TokenParts {
  const parts = parseToken(token);
  if (!parts) throw new Error(`${token} is malformed`);
  return parts;
}

test('a token that was made is genuine', () => {
  expect(tokens.isGenuine(partsOf(tokens.make(unsigned, salt)), salt)).toBe(true);
});

test('the mac is an HMAC-SHA-256 over organization, session and number, under a key of secret and salt', () => {
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'rollcall token', 32));
  const mac = createHmac('sha256', key).update(`${organizationId}.${requestId}.1`).digest('base64url');
  expect(tokens.make(unsigned, salt)).toBe(`rct_${organizationId}.${requestId}.1.${mac}`);
});

test.each([
  ['another organization', { organizationId: requestId }],
  ['another session', { requestId: organizationId }],
  ['another number', { number: 2 }],
  ['another mac', { mac: 'A'.repeat(43) }],
])('%s makes it a forgery', (_, changed) => {
  const parts = partsOf(tokens.make(unsigned, salt));
  expect(tokens.isGenuine({ ...parts, ...changed }, salt)).toBe(false);
});

test('neither another salt nor another secret verifies it', () => {
  const parts = partsOf(tokens.make(unsigned, salt));
  expect(tokens.isGenuine(parts, randomBytes(32))).toBe(false);
  expect(tokensUnder(['another secret of some length']).isGenuine(parts, salt)).toBe(false);
});

test('of several secrets the first signs and all verify', () => {
  const after = tokensUnder(['the secret of tomorrow, of some length', secret]);
  expect(after.isGenuine(partsOf(tokens.make(unsigned, salt)), salt)).toBe(true);
  expect(tokens.isGenuine(partsOf(after.make(unsigned, salt)), salt)).toBe(false);
});
