/**
 * A believable population of sessions: the same for the same seed, relative to `now`. A session does not depend on how many
 * there are, so a larger population contains the smaller one.
 */
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { lifetimeAt, type Timeouts } from '@rollcall/core/lifetime';
import type { AuthMethod, ClientType, EndReason } from '@rollcall/core/schema/session';
import { type Dice, diceOf, uuidOf } from './dice.ts';
import { type DemoUser, type Device, demoUser } from './people.ts';
import { type Course, endedByEvents, type Story, stories } from './stories.ts';

export interface Population {
  /** Slug of the organization. */
  readonly organization: string;
  readonly seed: string;
  readonly now: Instant;
  readonly timeouts: Timeouts;
}

export interface DemoSession {
  readonly requestId: string;
  readonly user: DemoUser;
  /** Where the client gives one. */
  readonly sessionName: string | undefined;
  readonly ipAddress: string;
  readonly lastIpAddress: string;
  readonly userAgent: string;
  readonly clientType: ClientType;
  readonly authMethod: AuthMethod;
  readonly createdAt: Instant;
  readonly lastActivity: Instant;
  readonly endedAt: Instant | undefined;
  readonly endReason: EndReason | undefined;
  /** Who ended it, where somebody did. */
  readonly endedBy: DemoUser | undefined;
}

/** Sessions number 0 to `count` - 1. */
export function* demoSessions(population: Population, count: number): Generator<DemoSession, void, void> {
  const userOf = usersOf(population);
  for (let number = 0; number < count; number += 1) yield demoSession(number, population, userOf);
}

export interface SignIns {
  /** Whoever signs in. */
  readonly users: ReadonlySet<DemoUser>;
  /** The same sessions in the order of sign-in, in which they would have been written: what is new lies together then, as it does in a database that has grown. */
  readonly sessions: Iterable<DemoSession>;
}

/** All are begun twice, because a million of them are too many to be held at once. */
export function signInsOf(population: Population, count: number): SignIns {
  const userOf = usersOf(population);
  const users = new Set<DemoUser>();
  const begun = new Float64Array(count);
  for (let number = 0; number < count; number += 1) {
    const { user, course } = begin(number, population, userOf);
    users.add(user);
    begun[number] = course.createdAt;
  }
  const numbers = Uint32Array.from(begun, (_, number) => number);
  numbers.sort((one, other) => (begun[one] ?? 0) - (begun[other] ?? 0) || one - other);
  return { users, sessions: demoSessionsOf(numbers, population, userOf) };
}

function* demoSessionsOf(numbers: Iterable<number>, population: Population, userOf: UserOf) {
  for (const number of numbers) yield demoSession(number, population, userOf);
}

type UserOf = (number: number) => DemoUser;

function usersOf({ organization, now }: Population): UserOf {
  const known = new Map<number, DemoUser>();
  return (number) => {
    const user = known.get(number) ?? demoUser(organization, number, toMilliseconds(now));
    known.set(number, user);
    return user;
  };
}

interface Beginning {
  /** For what is left to chance. */
  readonly dice: Dice;
  readonly user: DemoUser;
  readonly device: Device;
  readonly clientType: ClientType;
  readonly course: Course;
}

/** As much of a session as says when it began. */
function begin(number: number, population: Population, userOf: UserOf): Beginning {
  const dice = diceOf(population.organization, population.seed, 'session', number);
  const story = storyOf(number);
  const user = cast(story, number, { dice, population, userOf });
  const device = dice.pick(user.devices);
  const clientType = clientTypeOf(device, dice);
  return { dice, user, device, clientType, course: courseOf(story, user, { dice, population }) };
}

function demoSession(number: number, population: Population, userOf: UserOf): DemoSession {
  const { dice, user, device, clientType, course } = begin(number, population, userOf);
  const span = spanOf(course, user, population);
  return {
    requestId: uuidOf(population.organization, population.seed, 'session', number),
    user,
    sessionName: device.sessionName ?? (clientType === 'api' && dice.chance(0.1) ? dice.pick(givenNames) : undefined),
    ipAddress: device.ipAddress,
    lastIpAddress: dice.chance(0.3) ? (device.elsewhere ?? device.ipAddress) : device.ipAddress,
    userAgent: device.userAgent,
    clientType,
    authMethod: device.kind === 'command-line' ? 'api-key' : user.authMethod,
    ...span,
    endedBy: enderOf(span.endReason, user, userOf),
  };
}

const givenNames: readonly [string, ...string[]] = [
  'Release dashboard',
  'Reporting notebook',
  'Meeting-room display',
  'On-call pager',
  'Support desk',
];

const deck: readonly Story[] = stories.flatMap((story) => Array<Story>(story.share).fill(story));

// 37 has no factor in common with 100: every hundred sessions hold each story as often as its share says, well mixed.
function storyOf(number: number): Story {
  const story = deck[(number * 37) % deck.length];
  if (story === undefined) throw new RangeError(`the shares of the stories leave number ${number} without one`);
  return story;
}

interface Table {
  readonly dice: Dice;
  readonly population: Population;
}

// A few users have many sessions, most have a few; with the sessions their number grows.
function cast(story: Story, number: number, { dice, population, userOf }: Table & { userOf: UserOf }): DemoUser {
  const users = 12 + number / 8;
  for (;;) {
    const user = userOf(Math.floor(users * dice.roll() ** 1.5));
    if (story.suits(user, toMilliseconds(population.now))) return user;
  }
}

function courseOf(story: Story, user: DemoUser, { dice, population }: Table): Course {
  const { now, timeouts } = population;
  return story.tell({
    user,
    dice,
    now: toMilliseconds(now),
    idle: timeouts.idleSeconds * 1000,
    absolute: timeouts.absoluteSeconds * 1000,
  });
}

function spanOf(course: Course, user: DemoUser, { now, timeouts }: Population) {
  const span = instantsOf(course);
  const { endedAt, endReason } = lifetimeAt(span, timeouts, now);
  const hasEnded = endedAt !== undefined && endReason !== undefined;
  return instantsOf(
    endedByEvents({ ...course, ...(hasEnded && { endedAt: toMilliseconds(endedAt), endReason }) }, user),
  );
}

function instantsOf({ createdAt, lastActivity, endedAt, endReason }: Course) {
  return {
    createdAt: toInstant(Math.floor(createdAt)),
    lastActivity: toInstant(Math.floor(lastActivity)),
    endedAt: endedAt === undefined ? undefined : toInstant(Math.floor(endedAt)),
    endReason,
  };
}

function enderOf(endReason: EndReason | undefined, user: DemoUser, userOf: UserOf): DemoUser | undefined {
  if (endReason === 'terminated') return userOf(0);
  return endReason === 'signed-out' ? user : undefined;
}

function clientTypeOf({ kind }: Device, dice: Dice): ClientType {
  if (kind === 'program' || kind === 'command-line') return 'api';
  return dice.chance(kind === 'desktop' ? 0.65 : 0.4) ? 'console' : 'api';
}
