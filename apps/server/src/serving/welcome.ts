/** What a start says: where it is, and how to get in. */
import { resolve } from 'node:path';
import type { FirstAdministrator } from './first-administrator.ts';

export interface Started {
  readonly publicUrl: URL;
  readonly administrator: FirstAdministrator;
  /** Undefined on PostgreSQL. */
  readonly dataDirectory: string | undefined;
  readonly hasConsole: boolean;
}

export function welcome({ publicUrl, administrator, dataDirectory, hasConsole }: Started): string {
  const { email, generatedPassword } = administrator;
  const facts: [string, string][] = [
    ['Sign in as', email],
    ...(generatedPassword === undefined
      ? []
      : [['Password', `${generatedPassword}  (shown only now)`] as [string, string]]),
    ['Database', dataDirectory === undefined ? 'PostgreSQL' : `embedded, in ${resolve(dataDirectory)}`],
    ['API', new URL('/api/docs', publicUrl).href],
  ];
  const lines = facts.map(([name, value]) => `  ${name.padEnd(12)}${value}`);
  const missing = hasConsole ? [] : ['', '  The console is not built: only the API is served.'];
  return ['', `Rollcall is ready: ${publicUrl.origin}`, '', ...lines, ...missing, ''].join('\n');
}
