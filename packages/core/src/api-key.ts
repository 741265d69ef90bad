/** Who may make keys for whom, and take them back. A key is never wider than whoever made it, nor than whose it is. */
import { type Actor, may, permissionsOf } from './permission.ts';
import type { Permission } from './schema/user.ts';
import type { ManagedUser } from './user-management.ts';

/** How many keys that are good one user may have. */
export const mostApiKeys = 100;

export type ApiKeyVerdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /**
       * `forbidden`: another’s key, without `integrations:manage`. `service-only`: another person’s key, with which one could act as them. `beyond-own`: it
       * would give, or its user has, what the actor lacks. `beyond-user`: it would give what its user lacks. `through-key`: keys make no keys.
       */
      readonly reason: 'forbidden' | 'service-only' | 'beyond-own' | 'beyond-user' | 'through-key';
    };

export interface KeyAsker extends Pick<Actor, 'userId' | 'permissions'> {
  /** Whether their session was itself begun with a key. */
  readonly isThroughKey: boolean;
}

/** Whose key it is, or is to be. */
export type KeyHolder = Pick<ManagedUser, 'role' | 'permissions' | 'accountType'> & { readonly userId: string };

/** Judges a key that is to be made for `holder`. */
export function judgeApiKey(actor: KeyAsker, holder: KeyHolder, permissions: readonly Permission[]): ApiKeyVerdict {
  const touched = judgeRevocation(actor, holder);
  if (!touched.allowed) return touched;
  if (holder.userId !== actor.userId && holder.accountType !== 'service') return refuse('service-only');
  if (!permissions.every((permission) => may(actor, permission))) return refuse('beyond-own');
  const theirs = permissionsOf(holder);
  return permissions.every((permission) => theirs.includes(permission)) ? { allowed: true } : refuse('beyond-user');
}

/** What a key that `actor` makes for `holder` can give; undefined where they can make none. */
export function permissionsToGive(actor: KeyAsker, holder: KeyHolder): Permission[] | undefined {
  if (!judgeApiKey(actor, holder, []).allowed) return undefined;
  return permissionsOf(holder).filter((permission) => may(actor, permission));
}

/** Judges whether somebody may take keys of `holder` back. */
export function judgeRevocation(actor: KeyAsker, holder: KeyHolder): ApiKeyVerdict {
  if (actor.isThroughKey) return refuse('through-key');
  if (holder.userId === actor.userId) return { allowed: true };
  if (!may(actor, 'integrations:manage')) return refuse('forbidden');
  return permissionsOf(holder).every((permission) => may(actor, permission)) ? { allowed: true } : refuse('beyond-own');
}

function refuse(reason: Extract<ApiKeyVerdict, { allowed: false }>['reason']): ApiKeyVerdict {
  return { allowed: false, reason };
}
