/** Who may do what. */
import type { Session } from './schema/session.ts';
import type { Permission, Role } from './schema/user.ts';

const everything: readonly Permission[] = ['users:manage', 'audit:read', 'integrations:manage', 'sessions:verify'];

/** The session in whose name a request is made, and what its user may do. */
export interface Actor {
  readonly organizationId: string;
  readonly requestId: string;
  readonly userId: string;
  readonly permissions: readonly Permission[];
}

/**
 * An administrator has every permission; a member has those given to them, each once, in a fixed order. A session that was begun with a key has no more than
 * the key (`within`); null for any other.
 */
export function permissionsOf({ role, permissions, within = null }: Permitted): Permission[] {
  return everything.filter(
    (permission) =>
      (role === 'administrator' || permissions.includes(permission)) &&
      (within === null || within.includes(permission)),
  );
}

interface Permitted {
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly within?: readonly Permission[] | null;
}

/** Whether an actor has a permission. */
export function may(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.includes(permission);
}

/** Whose sessions somebody sees: all of their organization with `users:manage`, otherwise their own. */
export function maySeeSession(actor: Actor, session: Pick<Session, 'userId'>): boolean {
  return session.userId === actor.userId || may(actor, 'users:manage');
}

/** Whether somebody may keep and remove a view: their own always, one that the organization shares with `users:manage`. Views of other people are not seen at all. */
export function mayKeepView(actor: Actor, { isShared }: { readonly isShared: boolean }): boolean {
  return !isShared || may(actor, 'users:manage');
}
