import { RollcallError } from '@rollcall/sdk';
import { expect, test } from 'vitest';
import { Export } from './export.svelte.ts';

const query = { format: 'csv' } as const;

function exportOf(pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) {
  return new Export(async (_, signal) => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => signal.addEventListener('abort', () => controller.error(signal.reason)),
      pull,
    });
    return { total: 3, body };
  });
}

const bytes = (text: string) => new TextEncoder().encode(text);

test('hands over the whole file, and has counted its sessions without the header', async () => {
  const chunks = ['requestId\r\n1\r\n', '2\r\n3', '\r\n'];
  const running = exportOf((controller) => {
    const chunk = chunks.shift();
    if (chunk === undefined) controller.close();
    else controller.enqueue(bytes(chunk));
  });
  const file = await running.run(query);
  expect(await file?.text()).toBe('requestId\r\n1\r\n2\r\n3\r\n');
  expect([running.state, running.total, running.received]).toEqual(['done', 3, 3]);
});

test('says how far it is, and keeps nothing once it is cancelled', async () => {
  let isFirst = true;
  const running = exportOf((controller) => {
    if (isFirst) controller.enqueue(bytes('requestId\r\n1\r\n'));
    isFirst = false;
  });
  const file = running.run(query);
  await expect.poll(() => running.received).toBe(1);
  expect(running.state).toBe('running');
  running.cancel();
  expect(await file).toBeUndefined();
  expect(running.state).toBe('idle');
});

test('keeps nothing of what broke off, and can begin anew', async () => {
  const ways = ['breaks', 'closes'];
  const running = exportOf((controller) => {
    if (ways.shift() === 'breaks') controller.error(new TypeError('network'));
    else controller.close();
  });
  expect(await running.run(query)).toBeUndefined();
  expect(running.state).toBe('failed');
  expect(await running.run(query)).toBeInstanceOf(Blob);
  expect(running.state).toBe('done');
});

test('of a search that is refused says that it failed, and why until it is tried again', async () => {
  const answers = [new RollcallError({ code: 'search-too-slow', title: 'Too slow', detail: 'Too slow.' }), new Error()];
  const running = new Export(() => Promise.reject(answers.shift()));
  expect(await running.run(query)).toBeUndefined();
  expect([running.state, running.problem]).toEqual(['failed', 'search-too-slow']);
  await running.run(query);
  expect([running.state, running.problem]).toEqual(['failed', undefined]);
});
