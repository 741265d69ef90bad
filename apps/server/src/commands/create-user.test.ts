import { randomBytes } from 'node:crypto';
import { Authentication, SignedIn } from '@rollcall/core/schema/authentication';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, type TestApi, timeouts } from '../../test/api.ts';
import { announceHere } from '../registry/announcements.ts';
import { parseCommandLine } from './command-line.ts';

/** What `rollcall user create` printed, typed with these words. */
async function run(api: TestApi, words: readonly string[]): Promise<string[]> {
  const typed = parseCommandLine(['user', 'create', ...words]);
  if (typed.kind !== 'task') throw new Error(`${typed.kind} is no task`);
  const lines: string[] = [];
  const { database, registry, passwords } = api;
  await typed.task.run({
    ...{ database, passwords, timeouts, input: '' },
    announcements: announceHere({ database, registry, monotonic: () => 0 }),
    clock: () => api.now,
    random: randomBytes,
    print: (line) => void lines.push(line),
  });
  return lines;
}

onEachEngine((current) => {
  test.for([
    [[], 'person', []],
    [['--service', '--permission', 'sessions:verify'], 'service', ['sessions:verify']],
    [
      ['--permission=audit:read', '--permission=users:manage', '--permission=audit:read'],
      'person',
      ['users:manage', 'audit:read'],
    ],
  ] as const)('whom %j creates is a %s who may %j', async ([words, accountType, permissions]) => {
    const api = current();
    const { slug } = await api.createOrganization();
    const email = 'greeter@example.com';
    const [created, printed = ''] = await run(api, ['--email', email, '--organization', slug, ...words]);
    expect(created).toBe(`Created ${email} (member) in ${slug}.`);
    const [, password] = /^Password: (\S+)$/.exec(printed) ?? [];
    const answer = await api.postSignIn({ method: 'password', email, password, organization: slug });
    const { token } = await bodyOf(answer, SignedIn.required());
    const who = await bodyOf(await api.request('/api/Authentication', { token }), Authentication);
    expect(who).toMatchObject({ user: { email, accountType, role: 'member' }, permissions });
  });
});

test('a program is no administrator', () => {
  const words = ['user', 'create', '--email', 'robot@example.com', '--service', '--role', 'administrator'];
  expect(() => parseCommandLine(words)).toThrow('must be member for a service account');
});
