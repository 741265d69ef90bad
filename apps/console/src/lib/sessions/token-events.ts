/** What became of a session's tokens, in words. */
import type { TokenEvent } from '@rollcall/core/schema/rotation';

/** A sentence about one event, by which somebody can judge whether to trust the session. */
export const tokenEventLabels: Readonly<Record<TokenEvent['verdict'], string>> = {
  confirmed: 'The next token came into use.',
  race: 'The token before was used once more, within the grace.',
  reuse: 'An outdated token was used. The session was ended.',
};
