/** How a change of the identity provider went. */

export const providerOutcomeKinds = ['provider-saved', 'provider-removed'] as const;
export type ProviderOutcomeKind = (typeof providerOutcomeKinds)[number];

/** What a notice tells of it; `isOffered` is whether people can come in through one now. */
export function toldOf(kind: ProviderOutcomeKind, isOffered: boolean): { readonly text: string; isDone: true } {
  const saved = isOffered
    ? 'Saved. The sign-in page offers it now.'
    : 'Saved. Nobody comes in through it while it is off.';
  return {
    text: kind === 'provider-saved' ? saved : 'The provider was removed. Whoever is signed in stays.',
    isDone: true,
  };
}
