/** The built server on PostgreSQL, and signing in to it. */
import { SignedIn } from '@rollcall/core/schema/authentication';
import type { Program } from './server-process.ts';

export const secret = 'of the bench and of nobody else at all';

export const administrator = { email: 'admin@rollcall.test', password: 'correct horse battery staple' };

export function rollcallOn(databaseUrl: string, settings: Readonly<Record<string, string>> = {}): Program {
  return {
    module: new URL('../../../apps/server/dist/main.js', import.meta.url),
    words: ['serve'],
    environment: {
      DATABASE_URL: databaseUrl,
      ROLLCALL_SECRET: secret,
      ROLLCALL_ADMIN_EMAIL: administrator.email,
      ROLLCALL_ADMIN_PASSWORD: administrator.password,
      ...settings,
    },
  };
}

/** The same on the embedded database. */
export function rollcallIn(directory: string): Program {
  const { DATABASE_URL: _, ...environment } = rollcallOn('').environment ?? {};
  return { ...rollcallOn(''), environment: { ...environment, ROLLCALL_DATA_DIR: directory } };
}

export interface Bearer {
  readonly requestId: string;
  readonly headers: { readonly authorization: string };
}

/** One after the other: a password takes as long as it has to. */
export async function signInOften(url: string, times: number): Promise<Bearer[]> {
  const bearers: Bearer[] = [];
  while (bearers.length < times) bearers.push(await signIn(url));
  return bearers;
}

async function signIn(url: string): Promise<Bearer> {
  const answer = await fetch(`${url}/api/Authentication`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'password', organization: 'default', ...administrator }),
  });
  if (!answer.ok) throw new Error(`signing in: ${answer.status} ${await answer.text()}`);
  const { token, session } = SignedIn.parse(await answer.json());
  return { requestId: session.requestId, headers: { authorization: `Bearer ${token}` } };
}
