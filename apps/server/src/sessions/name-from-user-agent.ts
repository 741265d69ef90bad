/** What a session is called when nobody names it. */
import { sessionNameOf } from '@rollcall/core/session-name';
import bowser from 'bowser';

/** `Chrome on macOS`; a program that says its name, as in `curl/8.17.0`, is called by it. */
export function nameFromUserAgent(userAgent: string): string {
  if (userAgent === '') return sessionNameOf({});
  const { browser, os } = bowser.parse(userAgent);
  return sessionNameOf({ browser: browser.name || productOf(userAgent), system: os.name });
}

// The first product of the header (RFC 9110, 10.1.5); every browser's is Mozilla, which says nothing.
function productOf(userAgent: string): string | undefined {
  const product = /^[A-Za-z][\w.-]{0,59}(?=\/|$)/.exec(userAgent)?.[0];
  return product === 'Mozilla' ? undefined : product;
}
