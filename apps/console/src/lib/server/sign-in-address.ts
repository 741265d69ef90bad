/** Where somebody signs in, and where they go afterwards. */

import type { SignInReason } from '#lib/sessions/end-reason.ts';
import { resolve } from '$app/paths';

interface Particulars {
  /** The slug, where it is known. */
  readonly organization?: string | undefined;
  readonly reason?: SignInReason | undefined;
  /** A path of this site; the start page needs no mention. */
  readonly next?: string | undefined;
}

export function signInAddress({ organization, reason, next }: Particulars = {}): string {
  const parameters = new URLSearchParams();
  if (reason !== undefined) parameters.set('reason', reason);
  if (next !== undefined && next !== '/') parameters.set('next', next);
  const path = resolve('/sign-in/[[organization]]', organization === undefined ? {} : { organization });
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

// Only a base to resolve against: nothing is ever sent there.
const anySite = 'https://site.invalid';

/** A page of this site, whatever was asked for: an address elsewhere, of the API, or none, becomes the start page. */
export function pathAfterSignIn(next: string | null): string {
  if (!next?.startsWith('/') || !URL.canParse(next, anySite)) return '/';
  const { origin, pathname, search } = new URL(next, anySite);
  const isElsewhere = origin !== anySite || /^\/(?:\/|sign-|api(?:\/|$))/.test(pathname);
  return isElsewhere ? '/' : pathname + search;
}
