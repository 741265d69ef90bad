/** How an attempt to terminate a session went, told on the page that follows it. */
import type { Session } from '@rollcall/core/schema/session';

export const outcomeKinds = ['terminated', 'already-ended', 'not-found'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

export interface Outcome {
  readonly kind: OutcomeKind;
  /** As it is now; none where it was not found. */
  readonly session?: Pick<Session, 'sessionName' | 'userEmail'> | undefined;
}

export function writeOutcome({ kind, session }: Outcome): string {
  if (kind === 'not-found' || !session) return 'That session was not found. It may have been removed meanwhile.';
  const named = `“${session.sessionName}” of ${session.userEmail}`;
  return kind === 'terminated' ? `${named} was terminated.` : `${named} had already ended. Nothing was left to do.`;
}
