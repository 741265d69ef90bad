/** Who looks at a page. */
import { type Actor, may } from '@rollcall/core/permission';
import type { Authentication, Permission } from '@rollcall/sdk';
import { error } from '@sveltejs/kit';
import { getRequestEvent } from '$app/server';
import { answerOf } from './answer.ts';

/** Whoever is signed in; anybody else is led to the sign-in page. Every load and action asks: layouts do not guard what they surround. */
export function requireViewer(next?: string): Promise<Authentication> {
  return answerOf(getRequestEvent().locals.rollcall.whoAmI(), next);
}

/** A viewer who may see and end everybody's sessions, and look after users. Others get a page that says why not. */
export async function requireAdministrator(
  next?: string,
  page = 'User Sessions shows everybody’s sessions.',
): Promise<Authentication> {
  const viewer = await requireViewer(next);
  if (may(viewer, 'users:manage')) return viewer;
  const { name } = viewer.organization;
  error(
    403,
    `${page} It takes the administrator role or the permission to manage users; an administrator of ${name} can give you either.`,
  );
}

/** A viewer who has a permission. Others get a page that says what is missing. */
export async function requirePermission(permission: Permission, page: string, next?: string): Promise<Authentication> {
  const viewer = await requireViewer(next);
  if (may(viewer, permission)) return viewer;
  const { name } = viewer.organization;
  error(403, `${page} It takes the permission ${permission}; an administrator of ${name} can give it to you.`);
}

/** A viewer who may choose the identity provider. */
export function requireProviderManager(next?: string): Promise<Authentication> {
  const page = 'Single Sign-On decides who comes in, and as what.';
  return requirePermission('integrations:manage', page, next);
}

export function actorOf({ session, user, organization, permissions }: Authentication): Actor {
  const { organizationId } = organization;
  return { organizationId, requestId: session.requestId, userId: user.userId, permissions };
}
