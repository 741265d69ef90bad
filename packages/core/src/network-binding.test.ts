import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeNetwork, networkOf } from './network-binding.ts';
import { parseNetwork } from './query/network.ts';

const bindings = fc.constantFrom('off', 'log', 'strict');
const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6().filter((text) => !/^[0:]+(:ffff)?:/i.test(text));
const addresses = fc.oneof(ipv4, ipv6);

describe('the network of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.0/24'],
    ['192.0.2.255', '192.0.2.0/24'],
    ['::ffff:192.0.2.7', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:DB8:1::', '2001:db8:1::/48'],
    ['::1', '::/48'],
    ['0.0.0.0', '0.0.0.0/24'],
  ])('%s is in %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test('is one that a search finds', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(parseNetwork(networkOf(address))?.cidr).toBe(networkOf(address));
      }),
    );
  });

  test('is the same for all that lie in it', () => {
    fc.assert(
      fc.property(ipv4, fc.nat(255), (address, last) => {
        expect(networkOf(address.replace(/\d+$/, String(last)))).toBe(networkOf(address));
      }),
    );
  });

  test('is none of a text that is no address', () => {
    expect(() => networkOf('elsewhere')).toThrow();
  });
});

describe('the verdict', () => {
  test.each([
    ['off', '192.0.2.7', '198.51.100.9', 'own'],
    ['log', '192.0.2.7', '192.0.2.8', 'own'],
    ['strict', '192.0.2.7', '192.0.2.8', 'own'],
    ['log', '192.0.2.7', '198.51.100.9', 'accepted'],
    ['strict', '192.0.2.7', '198.51.100.9', 'refused'],
    ['strict', '2001:db8:1:2::7', '2001:db8:1:3::9', 'own'],
    ['strict', '2001:db8:1::7', '2001:db8:2::7', 'refused'],
    ['strict', '192.0.2.7', '2001:db8:1::7', 'refused'],
    ['strict', '192.0.2.7', '::ffff:192.0.2.9', 'own'],
  ] as const)('%s, begun from %s and used from %s: %s', (binding, begunFrom, usedFrom, expected) => {
    const verdict = judgeNetwork({ binding, begunFrom, usedFrom });
    expect(verdict.kind === 'own' ? 'own' : verdict.isAccepted ? 'accepted' : 'refused').toBe(expected);
  });

  test('is the same both ways, never stricter for a laxer binding, and goes by the networks alone', () => {
    fc.assert(
      fc.property(bindings, addresses, addresses, (binding, begunFrom, usedFrom) => {
        const verdict = judgeNetwork({ binding, begunFrom, usedFrom });
        expect(judgeNetwork({ binding, begunFrom: usedFrom, usedFrom: begunFrom }).kind).toBe(verdict.kind);
        const isOther = binding !== 'off' && networkOf(begunFrom) !== networkOf(usedFrom);
        expect(verdict).toEqual(
          isOther
            ? {
                kind: 'other',
                isAccepted: binding === 'log',
                network: networkOf(usedFrom),
                ownNetwork: networkOf(begunFrom),
              }
            : { kind: 'own' },
        );
      }),
    );
  });
});
