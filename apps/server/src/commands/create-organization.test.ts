import { randomBytes, randomUUID } from 'node:crypto';
import { Authentication, SignedIn } from '@rollcall/core/schema/authentication';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, type TestApi, timeouts } from '../../test/api.ts';
import { announceHere } from '../registry/announcements.ts';
import { parseCommandLine } from './command-line.ts';

/** What `rollcall organization create` printed, typed with these words. */
async function run(api: TestApi, words: readonly string[], input = ''): Promise<string[]> {
  const typed = parseCommandLine(['organization', 'create', ...words]);
  if (typed.kind !== 'task') throw new Error(`${typed.kind} is no task`);
  const lines: string[] = [];
  const { database, registry, passwords } = api;
  await typed.task.run({
    ...{ database, passwords, timeouts, input },
    announcements: announceHere({ database, registry, monotonic: () => 0 }),
    clock: () => api.now,
    random: randomBytes,
    print: (line) => void lines.push(line),
  });
  return lines;
}

onEachEngine((current) => {
  test('an organization comes with an administrator, whose e-mail may be somebody’s elsewhere', async () => {
    const api = current();
    const { user } = await api.administrator();
    const slug = `org-${randomUUID()}`;
    const [created, printed = ''] = await run(api, ['--organization', slug, '--email', user.email, '--name', 'Acme']);
    expect(created).toContain(`/sign-in/${slug}`);
    const [, password] = /^Password: (\S+)$/.exec(printed) ?? [];
    const answer = await api.postSignIn({ method: 'password', email: user.email, password, organization: slug });
    const { token } = await bodyOf(answer, SignedIn.required());
    const who = await bodyOf(await api.request('/api/Authentication', { token }), Authentication);
    expect(who).toMatchObject({
      user: { email: user.email, role: 'administrator' },
      organization: { slug, name: 'Acme' },
    });
    expect(who.user.userId).not.toBe(user.userId);
  });

  test('a name that is taken, and a password that is guessed first, are refused', async () => {
    const api = current();
    const { slug } = await api.createOrganization();
    const words = ['--organization', slug, '--email', 'ada@example.com'];
    await expect(run(api, words)).rejects.toThrow('choose another --organization');
    await expect(run(api, [...words, '--password-stdin'], 'qwertyuiop12\n')).rejects.toThrow('most common');
  });
});
