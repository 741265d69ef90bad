import { expect, test } from 'vitest';
import { findWeakness } from './common-passwords.ts';

test.for([
  ['1qaz2wsx3edc', 'common'],
  ['QwertyQwerty', 'common'],
  ['iloveyouiloveyou', 'repetitive'],
  ['sonyericssonsonyericsson', 'repetitive'],
  ['ada@example.com', 'about-user'],
  ['correct horse battery staple', undefined],
] as const)('%s: %s', async ([password, weakness]) => {
  expect(await findWeakness(password, ['ada@example.com'])).toBe(weakness);
});
