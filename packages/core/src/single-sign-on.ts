/** Who comes in through an organization's identity provider, as what; and who may choose the provider. */
import { fold } from './fold.ts';
import { type Actor, may, permissionsOf } from './permission.ts';
import type { IdentityProvider } from './schema/identity-provider.ts';
import type { SignOnError } from './schema/single-sign-on.ts';
import type { Permission, Role } from './schema/user.ts';
import type { ManagedUser, Rights } from './user-management.ts';

/** Whoever controls these says who people are, and who of them is an administrator. */
export type ProviderTrust = Pick<IdentityProvider, 'issuer' | 'clientId' | 'groupClaim' | 'administratorGroups'>;

export type ProviderVerdict =
  | {
      readonly allowed: true;
      /** What the provider is trusted with from now on: see {@link judgeSignOn}. */
      readonly trustedWith: readonly Permission[];
    }
  | {
      readonly allowed: false;
      /** `forbidden`: without `integrations:manage`. `beyond-own`: it would make administrators, and the actor is none. */
      readonly reason: 'forbidden' | 'beyond-own';
    };

/**
 * Judges a provider that is to take the place of `before`. A provider that one controls can say that one is anybody: so it is trusted with no more than
 * whoever chose it may do. Whoever changes nothing of that leaves the trust as it is.
 */
export function judgeProvider(
  actor: Pick<Actor, 'permissions'>,
  provider: ProviderTrust,
  before: (ProviderTrust & Pick<IdentityProvider, 'trustedWith'>) | undefined,
): ProviderVerdict {
  if (!may(actor, 'integrations:manage')) return { allowed: false, reason: 'forbidden' };
  if (before && isSameTrust(provider, before)) return { allowed: true, trustedWith: before.trustedWith };
  const isAdministrator = holdsAll(actor.permissions, { role: 'administrator', permissions: [] });
  if (provider.administratorGroups.length > 0 && !isAdministrator) return { allowed: false, reason: 'beyond-own' };
  return { allowed: true, trustedWith: actor.permissions };
}

function isSameTrust(one: ProviderTrust, other: ProviderTrust): boolean {
  return (
    one.issuer === other.issuer &&
    one.clientId === other.clientId &&
    one.groupClaim === other.groupClaim &&
    one.administratorGroups.length === other.administratorGroups.length &&
    one.administratorGroups.every((group) => other.administratorGroups.includes(group))
  );
}

/** Somebody of whom the provider has told, as the organization knows them. */
export interface KnownUser extends ManagedUser {
  readonly isRemoved: boolean;
}

/** How the provider's account and the organization's users belong together. */
export interface SignOnFacts {
  /** Whose account it is, once somebody has come in with it. */
  readonly bound: KnownUser | undefined;
  /** As the provider gives it; undefined unless it says that it is verified. */
  readonly verifiedEmail: string | undefined;
  /** Who has that e-mail. */
  readonly byEmail: (KnownUser & { readonly hasOtherAccount: boolean }) | undefined;
}

export type SignOnVerdict =
  /** The user to whom the account belongs, or to whom it will from now on; or somebody who joins under this e-mail. */
  | { readonly allowed: true; readonly as: 'bound' | 'by-email' }
  | { readonly allowed: true; readonly as: 'newcomer'; readonly email: string }
  | { readonly allowed: false; readonly reason: SignOnError };

/** Judges whether somebody comes in. From the first time on the account decides, and its e-mail, which may be somebody else's one day, does not. */
export function judgeSignOn(
  provider: Pick<IdentityProvider, 'emailDomains'>,
  { bound, verifiedEmail, byEmail }: SignOnFacts,
): SignOnVerdict {
  if (bound && !bound.isRemoved) return bound.isDisabled ? refuse('disabled') : { allowed: true, as: 'bound' };
  if (verifiedEmail === undefined) return refuse('email-not-verified');
  if (byEmail) {
    if (byEmail.accountType !== 'person') return refuse('not-invited');
    if (byEmail.isDisabled) return refuse('disabled');
    return byEmail.hasOtherAccount ? refuse('other-account') : { allowed: true, as: 'by-email' };
  }
  // Whoever was removed comes back by invitation alone.
  if (bound) return refuse('disabled');
  return joins(provider, verifiedEmail)
    ? { allowed: true, as: 'newcomer', email: verifiedEmail }
    : refuse('not-invited');
}

function joins({ emailDomains }: Pick<IdentityProvider, 'emailDomains'>, email: string): boolean {
  const domain = fold(email.slice(email.lastIndexOf('@') + 1));
  return emailDomains.some((one) => fold(one) === domain);
}

/** Which role the groups of somebody mean; undefined where the provider says nothing about roles. */
export function roleByGroups(
  { groupClaim, administratorGroups }: Pick<IdentityProvider, 'groupClaim' | 'administratorGroups'>,
  groups: readonly string[],
): Role | undefined {
  if (groupClaim === null || administratorGroups.length === 0) return undefined;
  return administratorGroups.some((group) => groups.includes(group)) ? 'administrator' : 'member';
}

/** Whether the provider is trusted with somebody of these rights. */
export function isTrustedWith({ trustedWith }: Pick<IdentityProvider, 'trustedWith'>, rights: Rights): boolean {
  return holdsAll(trustedWith, rights);
}

function holdsAll(held: readonly Permission[], rights: Rights): boolean {
  return permissionsOf(rights).every((permission) => held.includes(permission));
}

function refuse(reason: SignOnError): SignOnVerdict {
  return { allowed: false, reason };
}
