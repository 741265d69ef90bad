import { passwordWeaknesses } from '@rollcall/core/password';
import { NewPassword } from '@rollcall/core/schema/authentication';
import { Email } from '@rollcall/core/schema/email';
import { OrganizationName, OrganizationSlug } from '@rollcall/core/schema/organization';
import { UserId } from '@rollcall/core/schema/user';
import { expect, test } from 'vitest';
import { fieldProblems, inWords, wrongIn } from './field-problems.ts';

test.each([
  ['must have at least 12 characters', 'It must have at least 12 characters.'],
  ...Object.values(passwordWeaknesses).map((weakness) => [weakness, `It ${weakness}.`]),
  ['Invalid input: expected string, received undefined', 'Enter something here.'],
  ['Invalid input: expected string, received null', 'Enter something here.'],
  ['Too small: expected string to have >=1 characters', 'Enter something here.'],
  ['Too small: expected string to have >=3 characters', 'Enter at least 3 characters.'],
  ['Too big: expected string to have <=512 characters', 'Enter at most 512 characters.'],
  ['Too big: expected array to have <=50 items', 'Enter at most 50 entries.'],
  ['Too big: expected number to be <=3650', 'Enter at most 3650.'],
  ['Invalid option: expected one of "member"|"administrator"', 'Choose one of those that are offered.'],
  ['Unrecognized key: "x"', 'This cannot be used. Enter another.'],
])('%s: %s', (message, words) => {
  expect(inWords(message)).toBe(words);
});

test('of no schema whose fields people fill in a word of the library reaches them', () => {
  const schemas = [Email, NewPassword, OrganizationName, OrganizationSlug, UserId];
  const values = [undefined, null, 7, {}, '', ' ', 'x', 'a\nb', 'x'.repeat(10_000), '\ud800', '<script>'];
  const messages = schemas.flatMap((schema) =>
    values.flatMap((value) => (schema.safeParse(value).error?.issues ?? []).map(({ message }) => inWords(message))),
  );
  expect(messages.length).toBeGreaterThan(values.length);
  expect(messages.filter((words) => /expected|received|Invalid|Too |>=|<=/.test(words))).toEqual([]);
});

test('says what to enter instead, where that is known', () => {
  const issues = [
    { path: ['email'], message: 'Invalid email address' },
    { path: ['name', 0], message: 'must be one line' },
  ];
  expect(fieldProblems(wrongIn(issues), { email: 'Enter your e-mail address.' })).toEqual({
    email: 'Enter your e-mail address.',
    name: 'It must be one line.',
  });
});
