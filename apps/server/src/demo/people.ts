/** Who works in a demo organization: people in several offices, and the programs that work for them. */
import type { Role } from '@rollcall/core/schema/user';
import { addressAt, type Place } from './addresses.ts';
import { type DeviceKind, userAgentOf } from './devices.ts';
import { type Dice, diceOf } from './dice.ts';

const day = 24 * 3_600_000;

export interface DemoUser {
  readonly email: string;
  readonly accountType: 'person' | 'service';
  readonly authMethod: 'password' | 'sso' | 'api-key';
  /** Of the office; summer time is not worth its rules here. */
  readonly minutesAheadOfUtc: number;
  readonly devices: readonly [Device, ...Device[]];
  readonly role: Role;
  readonly createdAt: number;
  readonly passwordChangedAt?: number;
  readonly disabledAt?: number;
}

export interface Device {
  readonly userAgent: string;
  readonly kind: DeviceKind;
  readonly sessionName?: string;
  readonly ipAddress: string;
  /** Where it is carried to, if it is. */
  readonly elsewhere?: string;
}

// San Francisco, New York, São Paulo, London, Berlin, Mumbai, Singapore, Tokyo
const offices: readonly [number, ...number[]] = [-480, -300, -180, 0, 60, 330, 480, 540];

const firstNames =
  'ada alan amara anil aylin björn chen chloe diego elif emeka emma fatima felix giulia hana henrik ines ivan jada jonas kaito keiko lars leila liam linh lucía mateo maya mei nadia noah olga omar priya ravi rosa sofia søren tariq thandi tomás wei yuki zoë'.split(
    ' ',
  );
const lastNames =
  'abara ahmed almeida andersen bauer becker bianchi castro chen cohen costa dubois eriksen fischer fuentes garcía groß gupta haddad hansen hoffmann ibrahim ito ivanova jensen kaya khan kim kowalski kumar larsen lee lindqvist lopez martin mensah meyer moreau mori müller nakamura ndlovu nguyen novak okafor oliveira park patel petrov rossi santos sato schmidt silva singh tanaka torres tran weber yamamoto yılmaz zhang'.split(
    ' ',
  );
const programs: readonly [Program, ...Program[]] = [
  { account: 'nightly-backup', sessionName: 'Nightly backup' },
  { account: 'ci-runner', sessionName: 'CI runner' },
  { account: 'invoice-export', sessionName: 'Invoice export' },
  { account: 'metrics', sessionName: 'Metrics collector' },
  { account: 'hr-sync', sessionName: 'HR directory sync' },
  { account: 'warehouse', sessionName: 'Warehouse scanner' },
  { account: 'mail-gateway', sessionName: 'Mail gateway' },
  { account: 'search-index', sessionName: 'Search indexer' },
];

interface Program {
  readonly account: string;
  readonly sessionName: string;
}

/** The user of that number, from 0, of an organization. Users do not depend on the seed: further sessions are the same users'. */
export function demoUser(organization: string, number: number, now: number): DemoUser {
  const dice = diceOf(organization, 'user', number);
  return number % 7 === 5
    ? serviceAccount(organization, Math.floor(number / 7), now, dice)
    : person(organization, number, now, dice);
}

function person(organization: string, number: number, now: number, dice: Dice): DemoUser {
  const office = dice.between(0, offices.length - 1);
  return {
    email: `${nameOf(number)}@${organization}.example`,
    accountType: 'person',
    role: number === 0 ? 'administrator' : 'member',
    authMethod: dice.chance(0.35) ? 'sso' : 'password',
    minutesAheadOfUtc: offices[office] ?? 0,
    devices: personalDevices(office, dice),
    createdAt: now - dice.between(150, 900) * day,
    ...(number % 4 === 1 && { passwordChangedAt: now - Math.round((2 + dice.roll() * 30) * day) }),
    // every ninth has left
    ...(number % 9 === 3 && { disabledAt: now - Math.round((1 + dice.roll() * 20) * day) }),
  };
}

function serviceAccount(organization: string, number: number, now: number, dice: Dice): DemoUser {
  const program = programs[number % programs.length] ?? programs[0];
  const instance = Math.floor(number / programs.length) + 1;
  const office = dice.between(0, offices.length - 1);
  const device = (): Device => ({
    userAgent: userAgentOf('program', dice),
    kind: 'program',
    sessionName: `${program.sessionName} ${instance}`,
    ipAddress: addressAt('data centre', office, dice),
  });
  return {
    email: `${program.account}-${instance}@${organization}.example`,
    accountType: 'service',
    role: 'member',
    authMethod: 'api-key',
    minutesAheadOfUtc: 0,
    devices: [device(), device()],
    createdAt: now - dice.between(150, 900) * day,
  };
}

function personalDevices(office: number, dice: Dice): [Device, ...Device[]] {
  const device = (kind: DeviceKind, place: Place, elsewhere?: Place): Device => ({
    kind,
    userAgent: userAgentOf(kind, dice),
    ipAddress: addressAt(place, office, dice),
    ...(elsewhere && { elsewhere: addressAt(elsewhere, office, dice) }),
  });
  const devices: [Device, ...Device[]] = [device('desktop', 'office', 'home')];
  if (dice.chance(0.5)) devices.push(device('handheld', 'road', 'home'));
  if (dice.chance(0.2)) devices.push(device('desktop', 'home'));
  if (dice.chance(0.15)) devices.push(device('command-line', 'office'));
  return devices;
}

// Steps through all pairs of a first and a last name before one comes again, with a number.
function nameOf(number: number): string {
  const pairs = firstNames.length * lastNames.length;
  const pair = (number * 1009) % pairs;
  const again = Math.floor(number / pairs);
  const name = `${firstNames[pair % firstNames.length]}.${lastNames[Math.floor(pair / firstNames.length)]}`;
  return again === 0 ? name : `${name}${again + 1}`;
}
