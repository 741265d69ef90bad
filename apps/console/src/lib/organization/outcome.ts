/** How a change of the organization went. */

export const organizationOutcomeKinds = ['settings-saved'] as const;

/** What a notice tells of it. */
export const savedOutcome = { text: 'Saved. Running sessions follow shortly.', isDone: true };
