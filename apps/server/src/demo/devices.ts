/** What real clients say they are. */
import type { Dice } from './dice.ts';

type UserAgentOf = (dice: Dice) => string;

const chromium =
  (platform: string, mobile = '') =>
  (dice: Dice) =>
    `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chromeVersion(dice)}.0.0.0 ${mobile}Safari/537.36`;

const edge = (platform: string) => (dice: Dice) => {
  const version = chromeVersion(dice);
  return `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36 Edg/${version}.0.0.0`;
};

const firefox = (platform: string) => (dice: Dice) => {
  const version = firefoxVersion(dice);
  const build = platform.startsWith('Android') ? `${version}.0` : '20100101';
  return `Mozilla/5.0 (${platform}; rv:${version}.0) Gecko/${build} Firefox/${version}.0`;
};

const safari =
  (platform: string, mobile = '') =>
  (dice: Dice) =>
    `Mozilla/5.0 (${platform}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${safariVersion(dice)} ${mobile}Safari/${mobile ? '604.1' : '605.1.15'}`;

const windows = 'Windows NT 10.0; Win64; x64';
const mac = 'Macintosh; Intel Mac OS X 10_15_7';
const macFirefox = 'Macintosh; Intel Mac OS X 10.15';
const linux = 'X11; Linux x86_64';
const iphone = 'iPhone; CPU iPhone OS 18_7 like Mac OS X';
const ipad = 'iPad; CPU OS 18_7 like Mac OS X';

/** Desks, by how common they are. */
const desktops: readonly [UserAgentOf, ...UserAgentOf[]] = [
  chromium(windows),
  chromium(windows),
  chromium(windows),
  edge(windows),
  edge(windows),
  firefox(windows),
  chromium(mac),
  chromium(mac),
  safari(mac),
  safari(mac),
  edge(mac),
  firefox(macFirefox),
  chromium(linux),
  firefox(linux),
  firefox('X11; Ubuntu; Linux x86_64'),
];

const handhelds: readonly [UserAgentOf, ...UserAgentOf[]] = [
  safari(iphone, 'Mobile/15E148 '),
  safari(iphone, 'Mobile/15E148 '),
  safari(ipad, 'Mobile/15E148 '),
  chromium('Linux; Android 10; K', 'Mobile '),
  chromium('Linux; Android 10; K', 'Mobile '),
  chromium('Linux; Android 10; K'),
  firefox('Android 16; Mobile'),
  (dice) =>
    `Mozilla/5.0 (${iphone}) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/${chromeVersion(dice)}.0.7680.40 Mobile/15E148 Safari/604.1`,
];

const programs: readonly [UserAgentOf, ...UserAgentOf[]] = [
  () => 'node',
  (dice) => `python-requests/2.32.${dice.between(3, 5)}`,
  (dice) => `python-httpx/0.28.${dice.between(0, 1)}`,
  () => 'Go-http-client/2.0',
  (dice) => `okhttp/5.${dice.between(0, 3)}.0`,
  (dice) => `axios/1.${dice.between(9, 13)}.2`,
  (dice) => `Apache-HttpClient/5.${dice.between(3, 5)} (Java/21.0.${dice.between(4, 9)})`,
  (dice) => `GuzzleHttp/7.${dice.between(8, 10)}`,
];

const commandLines: readonly [UserAgentOf, ...UserAgentOf[]] = [
  (dice) => `curl/8.${dice.between(5, 17)}.0`,
  () => 'Wget/1.25.0',
  (dice) => `HTTPie/3.2.${dice.between(2, 4)}`,
  (dice) => `PostmanRuntime/7.${dice.between(43, 51)}.0`,
];

const kinds = { desktop: desktops, handheld: handhelds, program: programs, 'command-line': commandLines };

export type DeviceKind = keyof typeof kinds;

export function userAgentOf(kind: DeviceKind, dice: Dice): string {
  return dice.pick(kinds[kind])(dice);
}

// Most people are up to date; some never are.
function recent(dice: Dice, newest: number, releases: number): number {
  return newest - Math.floor(dice.roll() ** 3 * releases);
}

function chromeVersion(dice: Dice): number {
  return recent(dice, 154, 20);
}

function firefoxVersion(dice: Dice): number {
  return dice.chance(0.1) ? 140 : recent(dice, 156, 12);
}

function safariVersion(dice: Dice): string {
  return `26.${recent(dice, 6, 6)}`;
}
