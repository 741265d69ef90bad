/** Where a token came from, as the application's framework says it, in the form that the service takes. */
import { plainUserAgent } from '@rollcall/core/user-agent';
import type { ReportedClient } from './wire.ts';

/** Who presented a token. What an application does not know it leaves out. */
export interface TokenClient {
  /** With or without a zone; anything that is no address counts as not known. */
  readonly ipAddress?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Undefined where the address is not known: the service then keeps to the newest that it knows. */
export function reportedClient({ ipAddress = '', userAgent = '' }: TokenClient): ReportedClient | undefined {
  const address = ipAddress.replace(/%.*$/, '');
  return isAddress(address) ? { ipAddress: address, userAgent: plainUserAgent(userAgent) } : undefined;
}

function isAddress(text: string): boolean {
  if (text.includes(':')) return /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1) ?? [];
  return octets.length === 4 && octets.every((octet) => String(Number(octet)) === octet && Number(octet) < 256);
}
