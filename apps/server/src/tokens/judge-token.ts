/** What a presented token is worth. */
import type { Lifetime } from '@rollcall/core/lifetime';
import type { EndReason } from '@rollcall/core/schema/session';

export interface PresentedToken {
  readonly number: number;
  readonly isGenuine: boolean;
}

export interface JudgedSession {
  /** The number of the session's confirmed token. */
  readonly generation: number;
  readonly lifetime: Lifetime;
  readonly isDisabled: boolean;
}

export type TokenVerdict =
  | { readonly kind: 'current' }
  | { readonly kind: 'ended'; readonly endReason: EndReason | undefined }
  | { readonly kind: 'refused' };

/** Only a genuine token hears that its session has ended, and why. */
export function judgeToken(token: PresentedToken, { generation, lifetime, isDisabled }: JudgedSession): TokenVerdict {
  if (!token.isGenuine) return { kind: 'refused' };
  if (!lifetime.isActive) return { kind: 'ended', endReason: lifetime.endReason };
  if (isDisabled) return { kind: 'ended', endReason: 'user-disabled' };
  return { kind: token.number === generation ? 'current' : 'refused' };
}
