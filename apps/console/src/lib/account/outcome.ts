/** How a change of one's own account went. */

export const accountOutcomeKinds = ['session-ended', 'others-ended', 'password-changed'] as const;
export type AccountOutcomeKind = (typeof accountOutcomeKinds)[number];

/** What a notice tells of it; `about` is how many sessions it ended. */
export function toldOf({ kind, about }: { readonly kind: AccountOutcomeKind; readonly about: string }): {
  readonly text: string;
  readonly isDone: boolean;
} {
  const count = Number.isSafeInteger(Number(about)) ? Number(about) : 0;
  const others = count === 1 ? 'One other session' : `${count} other sessions`;
  const sentences: Readonly<Record<AccountOutcomeKind, string>> = {
    'session-ended': 'The session has ended.',
    'others-ended': count === 0 ? 'You had no other sessions.' : `${others} ended.`,
    'password-changed': `Your password was changed.${count === 0 ? '' : ` ${others} ended.`}`,
  };
  return { text: sentences[kind], isDone: true };
}
