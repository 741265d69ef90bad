/** How an attempt to terminate a session went, told on the page that follows it. */
import type { Session } from '@rollcall/core/schema/session';

export const outcomeKinds = ['terminated', 'already-ended', 'not-found', 'terminated-several'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

const number = new Intl.NumberFormat('en');

export interface Outcome {
  readonly kind: OutcomeKind;
  /** As it is now; none where it was not found. */
  readonly session?: Pick<Session, 'sessionName' | 'userEmail'> | undefined;
  /** Of several that were terminated: how many. */
  readonly count?: number;
}

/** What a notice tells of it. */
export function toldOf(outcome: Outcome): { readonly text: string; readonly isDone: boolean } {
  return { text: writeOutcome(outcome), isDone: outcome.kind.startsWith('terminated') };
}

export function writeOutcome({ kind, session, count = 0 }: Outcome): string {
  if (kind === 'terminated-several')
    return count === 1 ? 'One session was terminated.' : `${number.format(count)} sessions were terminated.`;
  if (kind === 'not-found' || !session) return 'That session was not found. It may have been removed meanwhile.';
  const named = `“${session.sessionName}” of ${session.userEmail}`;
  return kind === 'terminated' ? `${named} was terminated.` : `${named} had already ended. Nothing was left to do.`;
}
