/** The console's page to sign in, where people are sent who did not come in through the provider. */
import type { SignOnError } from '@rollcall/core/schema/single-sign-on';

interface Told {
  /** Where it is known whose page it is. */
  readonly slug: string | undefined;
  readonly error: SignOnError;
  /** Where they wanted to go. */
  readonly returnTo?: string | undefined;
}

export function signInPage({ slug, error, returnTo = '/' }: Told): string {
  const told = new URLSearchParams({ error, ...(returnTo !== '/' && { next: returnTo }) });
  return `/sign-in${slug === undefined ? '' : `/${slug}`}?${told}`;
}
