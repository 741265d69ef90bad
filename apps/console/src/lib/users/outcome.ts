/** How a change of a user went, told on the page that follows it. */

export const userOutcomeKinds = ['user-changed', 'user-disabled', 'user-enabled', 'user-removed', 'user-gone'] as const;
export type UserOutcomeKind = (typeof userOutcomeKinds)[number];

export interface UserOutcome {
  readonly kind: UserOutcomeKind;
  /** None where they are gone. */
  readonly email?: string | undefined;
}

const sentences: Readonly<Record<UserOutcomeKind, (name: string) => string>> = {
  'user-changed': (name) => `What ${name} may do was changed.`,
  'user-disabled': (name) => `${name} was disabled.`,
  'user-enabled': (name) => `${name} was enabled.`,
  'user-removed': () => 'The user was removed.',
  'user-gone': () => 'That user was not found. Somebody may have removed them meanwhile.',
};

/** What a notice tells of it. */
export function toldOf({ kind, email = 'The user' }: UserOutcome): { readonly text: string; readonly isDone: boolean } {
  return { text: sentences[kind](email), isDone: kind !== 'user-gone' };
}
