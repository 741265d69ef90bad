/** What the API says no with, as pages say it. */
import { RollcallError } from '@rollcall/sdk';
import { error, redirect } from '@sveltejs/kit';
import type { SignInReason } from '#lib/sessions/end-reason.ts';
import { getRequestEvent } from '$app/server';
import { readOrganization } from './organization-cookie.ts';
import { signInAddress } from './sign-in-address.ts';

/**
 * The answer of a call, for a page that cannot do without it: otherwise leads to the sign-in page, or to an error page. After signing in one gets to
 * `next`, which is the page that was asked for unless said otherwise.
 */
export async function answerOf<T>(call: Promise<T>, next?: string): Promise<T> {
  try {
    return await call;
  } catch (failure) {
    return refuse(failure, next);
  }
}

/** Throws what a page answers to a call that failed. */
export function refuse(failure: unknown, next?: string): never {
  if (!(failure instanceof RollcallError)) throw failure;
  const { code, detail, endReason } = failure;
  if (code === 'session-ended') sendToSignIn(endReason, next);
  if (code === 'unauthenticated') sendToSignIn(undefined, next);
  if (code === 'other-network') sendToSignIn('other-network', next);
  if (code === 'forbidden') error(403, detail);
  if (code === 'not-found' || code === 'invalid') error(404, 'The address may be mistyped, or what was there is gone.');
  if (code === 'search-too-slow') error(422, `${detail} Ask for something narrower.`);
  if (isUnreachable(failure))
    error(503, 'The service does not answer at the moment. No session is lost; try again shortly.');
  throw failure;
}

/** Whether the service did not answer, rather than saying no. */
export function isUnreachable({ code }: RollcallError): boolean {
  return ['unavailable', 'network', 'timeout', 'not-json'].includes(code);
}

function sendToSignIn(reason?: SignInReason, next?: string): never {
  const { cookies, url } = getRequestEvent();
  redirect(
    303,
    signInAddress({ organization: readOrganization(cookies), reason, next: next ?? url.pathname + url.search }),
  );
}
