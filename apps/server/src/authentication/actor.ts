/** The session in whose name a request is made. */
import type { Timeouts } from '@rollcall/core/lifetime';
import type { Actor as Asker } from '@rollcall/core/permission';
import type { SessionByKey } from '../database/database.ts';

export interface Actor extends Asker {
  readonly email: string;
  /** As of this request: its own activity is in it. */
  readonly session: SessionByKey;
  /** Those of the actor's organization. */
  readonly timeouts: Timeouts;
  readonly carrier: 'header' | 'cookie';
  /** What the answer hands out, where the session's token is due for a new one. */
  readonly nextToken?: string;
}
