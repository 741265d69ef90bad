/** Addresses that belong to nobody: private networks (RFC 1918) and those kept for documentation (RFC 5737, RFC 3849). */
import type { Dice } from './dice.ts';

export type Place = 'office' | 'home' | 'road' | 'data centre';

export function addressAt(place: Place, office: number, dice: Dice): string {
  if (place === 'office') return `10.${20 + office}.${dice.between(0, 7)}.${dice.between(10, 250)}`;
  if (place === 'data centre') return `172.${16 + office}.${dice.between(0, 3)}.${dice.between(4, 60)}`;
  if (place === 'road') return `198.51.100.${dice.between(1, 254)}`;
  if (dice.chance(0.5)) return `${dice.pick(['192.0.2', '203.0.113'])}.${dice.between(1, 254)}`;
  // groups without a leading zero, and none that is zero: canonical as it stands (RFC 5952)
  const groups = Array.from({ length: 6 }, () => dice.between(0x1000, 0xffff).toString(16));
  return `2001:db8:${groups.join(':')}`;
}
