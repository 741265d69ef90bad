import { PlainText } from '@rollcall/core/schema/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindingsOf, canonicalAddress, clientReader, explainAddress } from './client-address.ts';

function addressOf(peerAddress: string | undefined, forwardedFor?: string, trusted: string[] = []): string {
  return clientReader(trusted)({ peerAddress, forwardedFor, userAgent: undefined }).ipAddress;
}

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '::1'],
  [undefined, '0.0.0.0'],
])('the address of the socket %s is %s', (peer, expected) => {
  expect(addressOf(peer)).toBe(expected);
});

describe('X-Forwarded-For', () => {
  const trusted = ['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.1'];

  test.each([
    ['from a stranger is ignored', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['from a proxy is believed', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['counts from the right', '10.1.2.3', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    ['goes on through proxies', '10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['of proxies alone ends at the first', '10.1.2.3', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['that is missing leaves the proxy', '10.1.2.3', undefined, '10.1.2.3'],
    ['that makes no sense leaves the proxy', '10.1.2.3', '198.51.100.1, unknown', '10.1.2.3'],
    ['with nonsense behind a proxy leaves that proxy', '10.1.2.3', 'unknown, 10.0.0.7', '10.0.0.7'],
    ['may carry a port', '10.1.2.3', '198.51.100.1:5678', '198.51.100.1'],
    ['may carry a bracketed address and port', '10.1.2.3', '[2001:db8::1]:5678', '2001:db8::1'],
    ['is believed from an IPv4-mapped proxy', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['is believed from an IPv6 proxy', '2001:db8:ffff::5', '2001:0db8::0001', '2001:db8::1'],
    ['is believed from a proxy named by its address', '192.0.2.1', '198.51.100.1', '198.51.100.1'],
    ['is made canonical', '10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
    ['knows no short forms', '10.1.2.3', '198.51', '10.1.2.3'],
  ])('%s', (_, peer, forwardedFor, expected) => {
    expect(addressOf(peer, forwardedFor, trusted)).toBe(expected);
  });
});

describe('what is explained', () => {
  const trusted = ['10.0.0.0/8', '192.0.2.1'];
  const verdicts = (peerAddress: string, forwardedFor?: string) =>
    explainAddress({ peerAddress, forwardedFor, userAgent: undefined }, trusted).map(
      ({ written, source, verdict }) => `${written} ${source} ${verdict}`,
    );

  test('is every hop, from the connection outwards', () => {
    expect(verdicts('10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9')).toEqual([
      '10.1.2.3 connection trusted-proxy',
      '10.9.9.9 x-forwarded-for trusted-proxy',
      '198.51.100.1 x-forwarded-for client',
      '6.6.6.6 x-forwarded-for not-believed',
    ]);
    expect(verdicts('203.0.113.9', '198.51.100.1')).toEqual([
      '203.0.113.9 connection client',
      '198.51.100.1 x-forwarded-for not-believed',
    ]);
    expect(verdicts('203.0.113.9')).toEqual(['203.0.113.9 connection client']);
  });

  test('is what was decided, whatever was written', () => {
    const hop = fc.constantFrom('10.1.2.3', '192.0.2.1', '198.51.100.1:77', 'unknown', '', '[2001:db8::1]:5', '::1');
    fc.assert(
      fc.property(hop, fc.array(hop), (peerAddress, hops) => {
        const facts = { peerAddress, forwardedFor: hops.join(','), userAgent: undefined };
        const decided = explainAddress(facts, trusted).filter(({ verdict }) => verdict === 'client');
        expect(decided).toHaveLength(1);
        const { ipAddress } = clientReader(trusted)(facts);
        const alone = { peerAddress: undefined, forwardedFor: undefined, userAgent: undefined };
        const itself = clientReader([])({ ...alone, peerAddress: withoutPort(decided[0]?.written ?? '') });
        expect(itself.ipAddress).toBe(ipAddress);
      }),
    );
  });
});

function withoutPort(hop: string): string {
  return hop.replace(/^\[(.*)\]:\d+$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}

test('the user agent loses what cannot be stored or printed, and all beyond 512 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (userAgent) => {
      const read = clientReader([])({ peerAddress: '192.0.2.7', forwardedFor: undefined, userAgent }).userAgent;
      expect(PlainText.max(512).safeParse(read).success).toBe(true);
    }),
  );
  const long = clientReader([])({ peerAddress: '', forwardedFor: undefined, userAgent: 'x'.repeat(600) });
  expect(long.userAgent).toBe('x'.repeat(512));
});

test('facts come from the request that a browser made', () => {
  const headers = { 'x-forwarded-for': '198.51.100.1', 'user-agent': 'Mozilla/5.0', host: 'localhost' };
  const bindings = bindingsOf({ headers, socket: { remoteAddress: '::1' } });
  expect(bindings).toEqual({
    client: { peerAddress: '::1', forwardedFor: '198.51.100.1', userAgent: 'Mozilla/5.0' },
  });
});

test('a reported address is made canonical too', () => {
  expect(canonicalAddress('2001:0DB8::0:1')).toBe('2001:db8::1');
});
