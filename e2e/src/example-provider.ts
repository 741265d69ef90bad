/** The example's identity provider (`examples/identity-provider`), in its own process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { SignOnAddresses } from '@rollcall/sdk';
import { freePort } from './rollcall.ts';

const program = fileURLToPath(new URL('../../examples/identity-provider/src/main.ts', import.meta.url));

export interface ExampleProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Nobody can be sent there any more. */
  stop(): Promise<void>;
  /** It takes what it is asked, and does not answer. */
  freeze(): void;
  /** As it was, but with new keys, and with nobody signed in. */
  start(): Promise<void>;
}

/** `rollcall` is where it sends people back to; `addresses` is what Rollcall says that it needs. */
export async function startExampleProvider(rollcall: string, addresses: SignOnAddresses): Promise<ExampleProvider> {
  const port = await freePort();
  const { signedOutUrl, backChannelLogoutUrl } = addresses;
  const told = ['--signed-out', signedOutUrl, '--back-channel', backChannelLogoutUrl];
  let provider: ChildProcess | undefined;

  async function start(): Promise<Pick<ExampleProvider, 'issuer' | 'clientId' | 'clientSecret'>> {
    const child = spawn(process.execPath, [program, '--port', String(port), '--rollcall', rollcall, ...told], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    provider = child;
    const printed: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      printed.push(line);
      const [, issuer] = /^OpenID provider: (.*)$/m.exec(printed.join('\n')) ?? [];
      const [, clientId, clientSecret] = /^Client: (.*), its secret: (.*)$/m.exec(printed.join('\n')) ?? [];
      if (issuer && clientId && clientSecret) return { issuer, clientId, clientSecret };
    }
    throw new Error(`the example's provider ended, having said: ${printed.join('\n')}`);
  }

  return {
    ...(await start()),
    async start() {
      await start();
    },
    freeze() {
      provider?.kill('SIGSTOP');
    },
    async stop() {
      if (provider?.exitCode !== null || provider.signalCode !== null) return;
      // One that is frozen hears of nothing else.
      provider.kill('SIGKILL');
      await once(provider, 'exit');
    },
  };
}

/** On the provider's own page: says who one is, or `Cancel`. */
export async function chooseAccount(page: Page, account: string | RegExp): Promise<void> {
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  await page.getByRole('button', { name: account }).click();
}
