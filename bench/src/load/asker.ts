/** Asks as an application's server does, over connections that stay open: what it costs to ask is not to be measured. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';

export interface Asker extends Disposable {
  /** Reads the whole answer; throws for any but a success. */
  ask(url: string, headers: Readonly<Record<string, string>>): Promise<void>;
}

export function openAsker(): Asker {
  const agent = new Agent({ keepAlive: true });
  return {
    async ask(url, headers) {
      const sent = request(url, { agent, headers: { ...headers } }).end();
      const [answer] = await once(sent, 'response');
      answer.resume();
      await once(answer, 'end');
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
