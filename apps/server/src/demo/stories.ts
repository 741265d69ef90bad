/** How demo sessions go: when somebody signs in, how long they stay and how it ends. All in milliseconds. */
import type { EndReason } from '@rollcall/core/schema/session';
import type { Dice } from './dice.ts';
import type { DemoUser } from './people.ts';

export interface Story {
  /** Of a hundred sessions. */
  readonly share: number;
  /** Whom this can happen to. */
  suits(user: DemoUser, now: number): boolean;
  tell(scene: Scene): Course;
}

export interface Scene {
  readonly user: DemoUser;
  readonly dice: Dice;
  readonly now: number;
  readonly idle: number;
  readonly absolute: number;
}

export interface Course {
  readonly createdAt: number;
  readonly lastActivity: number;
  /** Left out where time alone decides. */
  readonly endedAt?: number;
  readonly endReason?: EndReason;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const stories: readonly Story[] = [
  { share: 20, suits: isUpAndAbout, tell: stillHere },
  { share: 36, suits: anybody, tell: endedBy('signed-out', minute) },
  { share: 20, suits: anybody, tell: walkedAway },
  { share: 2, suits: anybody, tell: keptOpen },
  { share: 6, suits: anybody, tell: endedBy('terminated', 6 * hour) },
  { share: 2, suits: anybody, tell: endedBy('token-reuse', 20 * minute) },
  { share: 6, suits: anybody, tell: endedBy('session-limit', 8 * hour) },
  { share: 4, suits: changedPassword, tell: (scene) => wasIn(scene, scene.user.passwordChangedAt) },
  { share: 4, suits: hasLeft, tell: (scene) => wasIn(scene, scene.user.disabledAt) },
];

/** What happened to the user ends whichever of their sessions were alive. */
export function endedByEvents(course: Course, { passwordChangedAt, disabledAt }: DemoUser): Course {
  return endedAt(endedAt(course, passwordChangedAt, 'credentials-changed'), disabledAt, 'user-disabled');
}

function anybody(): boolean {
  return true;
}

function hasLeft(user: DemoUser): boolean {
  return user.disabledAt !== undefined;
}

function changedPassword(user: DemoUser): boolean {
  return user.passwordChangedAt !== undefined && !hasLeft(user);
}

function isUpAndAbout(user: DemoUser, now: number): boolean {
  const localHour = new Date(localTime(user, now)).getUTCHours();
  return !hasLeft(user) && (user.accountType === 'service' || (localHour >= 7 && localHour < 21));
}

function stillHere(scene: Scene): Course {
  const lastActivity = scene.now - 0.9 * scene.idle * scene.dice.roll() ** 4;
  return { createdAt: lastActivity - lengthOf(scene), lastActivity };
}

function endedBy(endReason: EndReason, longestAfter: number): Story['tell'] {
  return (scene) => {
    const length = lengthOf(scene);
    const after = scene.dice.roll() * Math.min(longestAfter, 0.9 * scene.idle, 0.05 * scene.absolute);
    const createdAt = signInBefore(end(scene) - length - after, scene);
    const lastActivity = createdAt + length;
    return { createdAt, lastActivity, endedAt: lastActivity + after, endReason };
  };
}

function walkedAway(scene: Scene): Course {
  const length = lengthOf(scene);
  const createdAt = signInBefore(end(scene) - length - scene.idle, scene);
  return { createdAt, lastActivity: createdAt + length };
}

function keptOpen(scene: Scene): Course {
  const createdAt = signInBefore(end(scene) - scene.absolute, scene);
  return {
    createdAt,
    lastActivity: createdAt + scene.absolute - scene.dice.roll() * Math.min(scene.idle, scene.absolute),
  };
}

// Signed in shortly before something that then ends the session.
function wasIn(scene: Scene, event = scene.now): Course {
  const createdAt = event - scene.dice.roll() * Math.min(3 * day, scene.idle, scene.absolute);
  return { createdAt, lastActivity: createdAt + scene.dice.roll() * (event - createdAt) };
}

function endedAt(course: Course, event: number | undefined, endReason: EndReason): Course {
  const { createdAt, lastActivity, endedAt = Number.POSITIVE_INFINITY } = course;
  if (event === undefined || event <= createdAt || event >= endedAt) return course;
  return { createdAt, lastActivity: Math.min(lastActivity, event), endedAt: event, endReason };
}

function end({ user, now }: Scene): number {
  return user.disabledAt ?? now;
}

// Minutes to hours for most, days for programs and for a few who never sign out.
function lengthOf({ user, dice, absolute }: Scene): number {
  const bell = dice.roll() + dice.roll() + dice.roll() - 1.5;
  const isLong = user.accountType === 'service' || dice.chance(0.06);
  const length = isLong ? 10 * hour * Math.exp(2.4 * bell) : 45 * minute * Math.exp(1.8 * bell);
  return Math.min(length, 0.9 * absolute);
}

// Within the two months before, more of them lately; people on a workday of theirs, between half past seven and half past six.
function signInBefore(latest: number, { user, dice }: Scene): number {
  const at = latest - 60 * day * dice.roll() ** 1.7;
  if (user.accountType === 'service') return at;
  const local = localTime(user, at);
  const bell = (dice.roll() + dice.roll() + dice.roll()) / 3;
  const worksOnWeekends = dice.chance(0.08);
  let signIn = at - (local % day) + (7.5 + 11 * bell) * hour;
  while (signIn > latest || (isWeekend(localTime(user, signIn)) && !worksOnWeekends)) signIn -= day;
  return signIn;
}

function localTime(user: DemoUser, at: number): number {
  return at + user.minutesAheadOfUtc * minute;
}

function isWeekend(local: number): boolean {
  return [0, 6].includes(new Date(local).getUTCDay());
}
