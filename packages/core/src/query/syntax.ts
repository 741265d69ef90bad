/** What a search means, as a tree. It is matched in memory by `match.ts`; whoever compiles it to SQL finds every value already read. */
import type { Instant } from '../instant.ts';
import type { AuthMethod, ClientType, EndReason } from '../schema/session.ts';
import type { AccountType } from '../schema/user.ts';

/** A place in the text of a search, in UTF-16 units; `end` is the first that no longer belongs to it. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

interface Placed {
  readonly at: Place;
}

/** All of its parts; with no parts it matches every session. */
export interface And extends Placed {
  readonly kind: 'and';
  readonly parts: readonly Query[];
}

/** At least one of its parts. */
export interface Or extends Placed {
  readonly kind: 'or';
  readonly parts: readonly Query[];
}

export interface Not extends Placed {
  readonly kind: 'not';
  readonly part: Query;
}

/** Folded text that occurs in the session's searchable text: e-mail, address and name. Of a phrase it may hold blanks, never a line break. */
export interface Text extends Placed {
  readonly kind: 'text';
  readonly text: string;
}

/** Folded text that occurs in one field, folded. */
export interface Contains extends Placed {
  readonly kind: 'contains';
  readonly field: 'user' | 'name' | 'ip' | 'agent' | 'browser' | 'os';
  readonly text: string;
}

/** Folded text that is the whole of the folded e-mail. */
export interface Is extends Placed {
  readonly kind: 'is';
  readonly field: 'user';
  readonly text: string;
}

/** The address at sign-in lies in a network. */
export interface Within extends Placed {
  readonly kind: 'within';
  readonly field: 'ip';
  readonly network: Network;
}

/** A network in canonical form, no bit set beyond its prefix; `first` and `last` are its outermost addresses. IPv4-mapped ones are IPv4. */
export interface Network {
  readonly cidr: string;
  readonly first: string;
  readonly last: string;
}

/** One of the values, each at most once and in the order of their list. */
export type OneOf = Choice<'client'> | Choice<'auth'> | Choice<'account'> | Choice<'status'> | Choice<'ended'>;

interface Choice<Field extends keyof Choices> extends Placed {
  readonly kind: 'one-of';
  readonly field: Field;
  readonly values: readonly Choices[Field][];
}

export interface Choices {
  readonly client: ClientType;
  readonly auth: AuthMethod;
  readonly account: AccountType;
  readonly status: 'active' | 'inactive';
  readonly ended: EndReason;
}

/** An instant from `from` on and before `to`; what is not there is not limited. */
export interface During extends Placed {
  readonly kind: 'during';
  readonly field: 'created' | 'activity';
  readonly from?: Instant;
  readonly to?: Instant;
}

/**
 * A whole number from `from` on and below `to`; what is not there is not limited. `duration` and `idle` are milliseconds, `concurrent` is how
 * many active sessions the user has.
 */
export interface Between extends Placed {
  readonly kind: 'between';
  readonly field: 'duration' | 'idle' | 'concurrent';
  readonly from?: number;
  readonly to?: number;
}

export type Condition = Text | Contains | Is | Within | OneOf | During | Between;
export type Query = And | Or | Not | Condition;
