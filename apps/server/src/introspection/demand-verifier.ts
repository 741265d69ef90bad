/** Who may ask about other people's tokens, and say what they did. */
import { may } from '@rollcall/core/permission';
import type { Actor } from '../authentication/actor.ts';
import { RequestProblem } from '../http/problem.ts';

export function demandVerifier(actor: Actor): void {
  if (may(actor, 'sessions:verify')) return;
  throw new RequestProblem('forbidden', 'Verifying tokens needs the permission sessions:verify.');
}
