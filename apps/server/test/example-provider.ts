/** The example's provider (`examples/identity-provider`) in its own process, and somebody's browser. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { SignOnAddresses } from '@rollcall/core/schema/identity-provider';
import { Child } from './child.ts';

const program = new URL('../../../examples/identity-provider/src/main.ts', import.meta.url);

export interface ExampleProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export async function startExampleProvider(rollcall: string, addresses: SignOnAddresses): Promise<ExampleProvider> {
  const port = await freePort();
  const { signedOutUrl, backChannelLogoutUrl } = addresses;
  const told = ['--signed-out', signedOutUrl, '--back-channel', backChannelLogoutUrl];
  const child = Child.start(program, ['--port', String(port), '--rollcall', rollcall, ...told]);
  const [, issuer = ''] = /^OpenID provider: (.*)$/.exec((await child.line()) ?? '') ?? [];
  const [, clientId = '', clientSecret = ''] =
    /^Client: (.*), its secret: (.*)$/.exec((await child.line()) ?? '') ?? [];
  return { issuer, clientId, clientSecret, [Symbol.asyncDispose]: () => child.kill() };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
}

/** Follows redirects and keeps cookies, as far as two sites on one machine need it. */
export class WebBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** Where it ends up. `until` is where it stops, without going there. */
  async go(address: string | URL, init: RequestInit = {}, until?: (url: URL) => boolean): Promise<Page> {
    const url = new URL(address);
    if (until?.(url)) return { url, status: 0, html: '' };
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
    this.#cookies.set(url.host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(set) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const html = await answer.text();
    const location = answer.headers.get('location');
    return location === null ? { url, status: answer.status, html } : await this.go(new URL(location, url), {}, until);
  }

  /** Sends a form of the page, without what people would type. */
  async submit(
    { url, html }: Page,
    action: RegExp,
    fields: Readonly<Record<string, string>> = {},
    until?: (url: URL) => boolean,
  ) {
    const target = [...html.matchAll(/<form[^>]*action="([^"]*)"/g)]
      .map(([, one = '']) => one)
      .find((one) => action.test(one));
    if (target === undefined) throw new Error(`there is no form for ${action} in ${html}`);
    const hidden = [...html.matchAll(/<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as [string, string],
    );
    const body = new URLSearchParams([...hidden, ...Object.entries(fields)]);
    return await this.go(new URL(target, url), { method: 'POST', body }, until);
  }

  cookie(url: string, name: string): string | undefined {
    return this.#cookies.get(new URL(url).host)?.get(name);
  }
}
