import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSameMac, isSameToken, parseToken, requestIdIn, writeToken } from './token.ts';

const organizationId = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const requestId = '0190a1b2-c3d4-7e5f-9a9b-ffffffffffff';
const mac = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE';
const parts = { organizationId, requestId, number: 1, mac };
const token = `rct_${organizationId}.${requestId}.1.${mac}`;

const hexadecimal = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const uuid = hexadecimal(32).map((digits) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyParts = fc.record({
  organizationId: uuid,
  requestId: uuid,
  number: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  mac: bytes.map((any) => Buffer.from(any).toString('base64url')),
});

test('a token is written and read', () => {
  expect(writeToken(parts)).toBe(token);
  expect(parseToken(token)).toEqual(parts);
});

test('any token is read as it was written', () => {
  fc.assert(
    fc.property(anyParts, (any) => {
      expect(parseToken(writeToken(any))).toEqual(any);
    }),
  );
});

test('of any token the session’s id is found without reading it', () => {
  fc.assert(
    fc.property(anyParts, (any) => {
      expect(requestIdIn(writeToken(any))).toBe(any.requestId);
    }),
  );
  expect(requestIdIn('')).toBe('');
});

test('a token is the same as its own text alone', () => {
  expect(isSameToken(token, `${token.slice(0, 9)}${token.slice(9)}`)).toBe(true);
  for (const [index, character] of [...token].entries()) {
    const other = `${token.slice(0, index)}${character === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`;
    expect(isSameToken(token, other), other).toBe(false);
  }
  for (const other of ['', token.slice(1), token.slice(0, -1), `${token}A`, `${token}\0`]) {
    expect(isSameToken(token, other), other).toBe(false);
  }
});

test('a mac is the same as itself alone: not as a part of it, nor as one that goes on', () => {
  expect(isSameMac(mac, mac)).toBe(true);
  for (const other of ['', mac.slice(1), mac.slice(0, -1), `${mac}A`]) {
    expect(isSameMac(mac, other), other).toBe(false);
    expect(isSameMac(other, mac), other).toBe(false);
  }
});

test('a token has one spelling', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), anyParts.map(writeToken), nearly(token)), (text) => {
      const read = parseToken(text);
      expect(read === undefined || writeToken(read) === text).toBe(true);
    }),
  );
});

describe('numbers of tokens', () => {
  test.for([1, 2, 9, 10, 4_294_967_296, Number.MAX_SAFE_INTEGER])('%d is one', (number) => {
    expect(parseToken(withNumber(String(number)))?.number).toBe(number);
  });

  test.for([
    '0',
    '00',
    '01',
    '-1',
    '+1',
    '1.5',
    '1e3',
    '0x1',
    ' 1',
    '1_000',
    '',
    'one',
    '١',
    '9007199254740992',
    '9999999999999999',
    '10000000000000000',
  ])('%j is none', (text) => {
    expect(parseToken(withNumber(text))).toBeUndefined();
  });
});

describe('no token', () => {
  test.for([
    ['', 'nothing'],
    ['rct_', 'its beginning'],
    [token.slice(4), 'without its prefix'],
    [`RCT_${token.slice(4)}`, 'with another prefix'],
    [` ${token}`, 'with a blank before'],
    [`${token}\n`, 'with a line break after'],
    [`Bearer ${token}`, 'with its scheme'],
    [`${token}.${mac}`, 'with a part too many'],
    [`rct_${organizationId}.${requestId}.${mac}`, 'with a part too few'],
    [`rct_${organizationId}.${requestId}.1.`, 'without a mac'],
    [`${token.slice(0, -1)}`, 'cut by a character'],
    [`${token}A`, 'longer by a character'],
    [`${token}=`, 'with padding'],
    [token.replace('-_', '+/'), 'in plain base64'],
    [token.repeat(1000), 'much too long'],
    [token.replace(organizationId, organizationId.toUpperCase()), 'with an upper-case organization'],
    [token.replace(requestId, requestId.toUpperCase()), 'with an upper-case session'],
    [token.replace(organizationId, organizationId.replaceAll('-', '')), 'with an id without hyphens'],
    [token.replace(organizationId, `{${organizationId}}`), 'with an id in braces'],
    [token.replace(requestId, requestId.slice(1)), 'with a short id'],
    [token.replace(requestId, requestId.replace('f', 'g')), 'with an id that is not hexadecimal'],
    [token.replaceAll('.', ' '), 'with blanks for points'],
    [token.replace('0190', '０１９０'), 'with full-width digits'],
  ] as const)('is %j (%s)', ([text]) => {
    expect(parseToken(text)).toBeUndefined();
  });

  test.for([...'BCDFGHJKLNOPRSTVWXZabdefhijlmnpqrtuvxyz1235679-_'])(
    'has a mac that ends in %s: its last two bits would say nothing',
    (last) => {
      expect(parseToken(token.slice(0, -1) + last)).toBeUndefined();
    },
  );
});

function withNumber(number: string): string {
  return `rct_${organizationId}.${requestId}.${number}.${mac}`;
}

/** A text with one character replaced. */
function nearly(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length - 1), fc.constantFrom(...'0aAgZ-_. '))
    .map(([at, character]) => text.slice(0, at) + character + text.slice(at + 1));
}
