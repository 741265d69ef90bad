import { describe, expect, test } from 'vitest';
import { now } from '../../test/sessions.ts';
import { AuthMethod, ClientType, EndReason } from '../schema/session.ts';
import { SessionStatus } from '../schema/session-list.ts';
import { AccountType } from '../schema/user.ts';
import { choices, operatorNamed, operators } from './operators.ts';
import { parseQuery } from './parse.ts';

test('the closed lists are those of the schema', () => {
  expect(choices).toEqual({
    client: ClientType.options,
    auth: AuthMethod.options,
    account: AccountType.options,
    status: SessionStatus.exclude(['all']).options,
    ended: EndReason.options,
  });
});

describe.for(operators)('$name:', ({ name, title, description, takes, values }) => {
  test('is found by its name in any case', () => {
    expect(operatorNamed(name)?.title).toBe(title);
    expect(operatorNamed(name.toUpperCase())?.title).toBe(title);
  });

  test('is explained in a sentence', () => {
    expect(description).toMatch(/^\p{Lu}.*\.$/u);
    expect(takes).toMatch(/^[^\p{Lu}.].*[^.]$/u);
  });

  test('understands every value that it offers, as a condition of its own field', () => {
    for (const value of values.length > 0 ? values : ['text']) {
      const { tree, errors } = parseQuery(`${name}:${value}`, { now });
      expect(errors).toEqual([]);
      expect(tree).toMatchObject({ field: name });
    }
  });
});

test('no two have one name or title', () => {
  expect(new Set(operators.map(({ name }) => name)).size).toBe(operators.length);
  expect(new Set(operators.map(({ title }) => title)).size).toBe(operators.length);
});

test.for(['', 'users', 'constructor', '__proto__', 'to'])('%j is none', (name) => {
  expect(operatorNamed(name)).toBeUndefined();
});
