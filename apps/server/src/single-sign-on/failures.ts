/** From what `openid-client` throws to what the person is told; what exactly was wrong is for the log. */
import type { SignOnError } from '@rollcall/core/schema/single-sign-on';
import * as client from 'openid-client';
import * as z from 'zod';
import { ProviderUnreachable } from './limited-fetch.ts';
import { ProviderMisconfigured } from './provider.ts';

/** Somebody does not come in. */
export class SignOnFailure extends Error {
  override readonly name = 'SignOnFailure';
  readonly code: SignOnError;
  /** Whom it concerns, where that is known. */
  readonly email: string | undefined;

  constructor(
    code: SignOnError,
    detail: string,
    { email, cause }: { email?: string | undefined; cause?: unknown } = {},
  ) {
    super(detail, { cause });
    this.code = code;
    this.email = email;
  }
}

export function failureOf(error: unknown): SignOnFailure {
  if (error instanceof SignOnFailure) return error;
  const code = codeOf(error);
  return new SignOnFailure(code, detailOf(error), { cause: error });
}

const notWanted = new Set(['access_denied', 'login_required', 'interaction_required', 'consent_required']);
const notNow = new Set(['temporarily_unavailable', 'server_error']);
// No answer, or none that a provider gives.
const noAnswer = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);

function codeOf(error: unknown): SignOnError {
  if (causesOf(error).some((cause) => cause instanceof ProviderUnreachable)) return 'unavailable';
  if (error instanceof client.AuthorizationResponseError) {
    if (notWanted.has(error.error)) return 'denied';
    return notNow.has(error.error) ? 'unavailable' : 'provider-error';
  }
  if (error instanceof client.ResponseBodyError) {
    if (error.status >= 500) return 'unavailable';
    return error.error === 'invalid_grant' ? 'expired' : 'provider-error';
  }
  if (error instanceof client.WWWAuthenticateChallengeError) return 'provider-error';
  if (error instanceof ProviderMisconfigured || error instanceof z.ZodError) return 'provider-error';
  if (error instanceof client.ClientError && error.code !== undefined && noAnswer.has(error.code)) return 'unavailable';
  return 'not-valid';
}

/** For operators and administrators: no part of a token, which messages do not hold. */
function detailOf(error: unknown): string {
  const messages = causesOf(error).flatMap((cause) =>
    cause instanceof Error ? [cause.message, ...toldBy(cause)] : [],
  );
  return messages
    .join(': ')
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .slice(0, 500);
}

// The provider's own code, as the standards know it: `invalid_client`.
function toldBy(error: Error): string[] {
  if (!(error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)) return [];
  return [error.error.slice(0, 60)];
}

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
