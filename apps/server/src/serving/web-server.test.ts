import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { CommandFailed } from '../commands/command.ts';
import { listen } from './web-server.ts';

const anyPort = { host: '127.0.0.1', port: 0 };

test('a request that comes too early waits', async () => {
  const web = await listen(anyPort);
  const answer = fetch(`http://127.0.0.1:${web.port}/somewhere`);
  web.answerWith((incoming, outgoing) => void outgoing.end(`answered ${incoming.url}`));
  expect(await (await answer).text()).toBe('answered /somewhere');
  await web.close(0);
});

test('a port that is taken is told in one line', async () => {
  const web = await listen(anyPort);
  const second = listen({ host: '127.0.0.1', port: web.port });
  await expect(second).rejects.toThrow(CommandFailed);
  await expect(second).rejects.toThrow(`port ${web.port} on 127.0.0.1 is taken by another program`);
  await web.close(0);
});

test('an address of another machine is told in one line', async () => {
  await expect(listen({ host: '192.0.2.1', port: 0 })).rejects.toThrow('HOST is "192.0.2.1"');
});

test('closing finishes what is under way, then closes connections that could bring more', async () => {
  const web = await listen(anyPort);
  const arrived = Promise.withResolvers<() => void>();
  web.answerWith((_, outgoing) => arrived.resolve(() => void outgoing.end('finished')));
  const socket = connect(web.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const received = text(socket);
  const finish = await arrived.promise;

  const closed = web.close(60_000);
  await expect(fetch(`http://127.0.0.1:${web.port}/`)).rejects.toThrow('fetch failed');
  finish();
  await closed;
  expect(await received).toMatch(/finished/);
});

test('closing cuts off what takes too long', async () => {
  const web = await listen(anyPort);
  const arrived = Promise.withResolvers<void>();
  web.answerWith(() => arrived.resolve());
  const socket = connect(web.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await arrived.promise;
  await Promise.all([once(socket, 'close'), web.close(1)]);
  expect(socket.destroyed).toBe(true);
});
