/** What a user agent is understood as. */
import type { SessionAnswer } from '@rollcall/core/schema/session';
import { type Device, sessionNameOf } from '@rollcall/core/session-name';
import bowser from 'bowser';

/** A program that says its name, as in `curl/8.17.0`, is called by it. */
export function deviceOf(userAgent: string): Device {
  if (userAgent === '') return {};
  const { browser, os } = bowser.parse(userAgent);
  return { browser: browser.name || productOf(userAgent), system: os.name };
}

/** All that is shown of it. Versions of systems are not: browsers have stopped telling the true ones. */
export function describeDevice(userAgent: string): SessionAnswer['device'] {
  const { browser, system } = deviceOf(userAgent);
  const parsed = userAgent === '' ? undefined : bowser.parse(userAgent);
  const { type, vendor, model } = parsed?.platform ?? {};
  const browserVersion = parsed?.browser.version;
  const kind = kinds.find((one) => one === type);
  return {
    ...(browser && { browser }),
    ...(browserVersion && { browserVersion }),
    ...(system && { system }),
    ...(kind && { kind }),
    ...(model && { model: vendor ? `${vendor} ${model}` : model }),
  };
}

const kinds = ['desktop', 'mobile', 'tablet', 'tv', 'bot'] as const;

/** `Chrome on macOS`: what a session is called when nobody names it. */
export function nameFromUserAgent(userAgent: string): string {
  return sessionNameOf(deviceOf(userAgent));
}

// The first product of the header (RFC 9110, 10.1.5); every browser's is Mozilla, which says nothing.
function productOf(userAgent: string): string | undefined {
  const product = /^[A-Za-z][\w.-]{0,59}(?=\/|$)/.exec(userAgent)?.[0];
  return product === 'Mozilla' ? undefined : product;
}
