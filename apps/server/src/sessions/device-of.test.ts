import { expect, test } from 'vitest';
import { describeDevice } from './device-of.ts';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

test.each([
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`,
    { browser: 'Safari', browserVersion: '18.5', system: 'iOS', kind: 'mobile', model: 'Apple iPhone' },
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    { browser: 'Chrome', browserVersion: '140.0.0.0', system: 'Windows', kind: 'desktop' },
  ],
  ['curl/8.17.0', { browser: 'curl' }],
  ['', {}],
])('%j', (userAgent, device) => {
  expect(describeDevice(userAgent)).toEqual(device);
});
