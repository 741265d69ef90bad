/** From the actor to what core judges keys by. */
import type { KeyAsker } from '@rollcall/core/api-key';
import type { Actor } from '../authentication/actor.ts';

export function askerOf({ userId, permissions, session }: Actor): KeyAsker {
  return { userId, permissions, isThroughKey: session.api_key_id !== null };
}
