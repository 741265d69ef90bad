/** The order of addresses. */

/**
 * A key by which canonical addresses sort by number when sorted as text, IPv4 before IPv6, as PostgreSQL's `inet` does.
 *
 * @param address canonical text: IPv4 dotted, or IPv6 as RFC 5952 writes it, without a zone.
 */
export function addressOrder(address: string): string {
  return address.includes(':') ? `6${groups(address).join('')}` : `4${octets(address).join('')}`;
}

function octets(address: string): string[] {
  return address.split('.').map((octet) => octet.padStart(3, '0'));
}

// `::` stands for two groups or more, of which the empty text on its outer side already makes one.
function groups(address: string): string[] {
  const [head = [], tail = []] = address.split('::').map(groupsBetweenColons);
  const zeros = Array<string>(8 - head.length - tail.length).fill('0000');
  return [...head, ...zeros, ...tail];
}

function groupsBetweenColons(text: string): string[] {
  return text.split(':').map((group) => group.padStart(4, '0'));
}
