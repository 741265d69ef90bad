import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { passwordsWith } from './passwords.ts';

const passwords = passwordsWith(randomBytes);

test('a password verifies against its own hash, and against no other', async () => {
  const hash = await passwords.hash('correct horse battery staple');
  expect(await passwords.verify('correct horse battery staple', hash)).toBe(true);
  expect(await passwords.verify('correct horse battery stapler', hash)).toBe(false);
});

test('hashes are argon2id with 19 MiB, two passes and one lane, salted', async () => {
  const [first, second] = await Promise.all([passwords.hash('the same'), passwords.hash('the same')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(first).not.toBe(second);
});

test('a hash that another program made with other parameters verifies', async () => {
  const derived = passwordsWith(randomBytes, async (password, { memory, passes, parallelism, salt }) => {
    expect({ memory, passes, parallelism, salt: Buffer.from(salt).toString() }).toEqual({
      memory: 256,
      passes: 3,
      parallelism: 2,
      salt: 'somesaltsomesalt',
    });
    return createHash('sha256').update(password).digest();
  });
  const salt = Buffer.from('somesaltsomesalt').toString('base64').replaceAll('=', '');
  const hash = createHash('sha256').update('password').digest('base64').replaceAll('=', '');
  expect(await derived.verify('password', `$argon2id$v=19$m=256,t=3,p=2$${salt}$${hash}`)).toBe(true);
});

test('the same characters in another normal form are the same password', async () => {
  const hash = await passwords.hash('Zürich ﬁnds Å'.normalize('NFC'));
  expect(await passwords.verify('Zürich ﬁnds Å'.normalize('NFD'), hash)).toBe(true);
});

test('without a hash the same work is done, and the answer is no', async () => {
  const derived: string[] = [];
  const counting = passwordsWith(randomBytes, async (password, { memory, passes, parallelism }) => {
    derived.push(`${password} ${memory} ${passes} ${parallelism}`);
    return createHash('sha256').update(password).digest();
  });
  const hash = await counting.hash('one');
  expect(await counting.verify('one', hash)).toBe(true);
  expect(await counting.verify('one', null)).toBe(false);
  expect(await counting.verify('one', undefined)).toBe(false);
  expect(derived).toEqual(Array(4).fill('one 19456 2 1'));
});

test('what is not a hash is an error, not a wrong password', async () => {
  await expect(passwords.verify('one', 'plain text')).rejects.toThrow('cannot be read');
});
