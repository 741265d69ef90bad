/** Texts that would write lines of their own into a log, or commands into the terminal on which it is read. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { bodyOf, credentialsOf, onEachEngine, type TestApi } from '../../test/api.ts';

/** What a line holds, and nothing else. */
const Line = z.strictObject({
  ...{ level: z.int(), time: z.int(), pid: z.int(), hostname: z.string() },
  ...{ traceId: z.uuid(), method: z.string(), path: z.string(), status: z.int(), milliseconds: z.int() },
  ...{ ipAddress: z.string(), msg: z.literal('request') },
});

const forgedLine = '{"level":60,"msg":"all sessions were ended","status":200}';

/** Sends bytes as they are, as no client would, and answers what came back. */
async function sendRaw(api: TestApi, request: string): Promise<string> {
  const server = createServer(api.listener()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const socket = connect(address.port, '127.0.0.1');
  socket.end(Buffer.from(request, 'latin1'));
  const answer = await text(socket);
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  return answer;
}

function requestOf(line: string, headers: Record<string, string>): string {
  const written = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${written.join('')}\r\n`;
}

onEachEngine((current) => {
  test.each([
    ['a line break in the path', '/api/%0D%0A%7B%22level%22:60%7D', {}],
    ['a line of its own in the path', `/api/${encodeURIComponent(forgedLine)}`, {}],
    ['quotation marks in the path', '/api/","level":60,"x":"', {}],
    ['a terminal’s commands as user agent', '/api/Authentication', { 'User-Agent': '\x9b2J\x9d0;owned\x9c\x85' }],
    ['a line as user agent', '/api/Authentication', { 'User-Agent': forgedLine }],
    ['lines as forwarded addresses', '/api/Authentication', { 'X-Forwarded-For': `${forgedLine}, \x85` }],
    ['a line as token', '/api/Authentication', { Authorization: `Bearer ${forgedLine}` }],
  ])('%s is one line, in which nothing is out of place', async (_, path, headers) => {
    const api = current();
    const before = api.logged.length;
    await sendRaw(api, requestOf(`GET ${path}`, headers));
    const lines = api.logged.slice(before);
    expect(lines).toHaveLength(1);
    for (const line of lines) {
      // Not even within quotation marks: a terminal does not read JSON.
      expect(line).toMatch(/^[^\p{Cc}\u2028\u2029]+\n$/u);
      expect(Line.parse(JSON.parse(line))).toMatchObject({ level: 30 });
      expect(line).not.toContain('all sessions were ended"');
    }
  });

  test.each([
    ['a line feed in a header', '/api/Authentication', { 'User-Agent': `a\n${forgedLine}` }],
    ['a carriage return in a header', '/api/Authentication', { 'User-Agent': `a\r${forgedLine}` }],
    ['an escape in a header', '/api/Authentication', { 'User-Agent': 'a\x1b[2J' }],
    ['a NUL in a header', '/api/Authentication', { 'User-Agent': 'a\0b' }],
    ['bytes that are no ASCII in the path', '/api/\x85\x9b31m', {}],
  ])('%s makes it no request at all, and none that is logged', async (_, path, headers) => {
    const api = current();
    const before = api.logged.length;
    expect(await sendRaw(api, requestOf(`GET ${path}`, headers))).toMatch(/^HTTP\/1\.1 400 /);
    expect(api.logged.slice(before)).toEqual([]);
  });

  test('names are not logged, and neither sessions nor the audit trail keep what moves a cursor', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const user = await api.createUser(organization);
    const before = api.logged.length;
    const userAgent = '\x9b31mred\x85\u2028next\u202Eline';
    const { session } = await api.signIn(user, { sessionName: forgedLine, client: { userAgent } });
    expect(session).toMatchObject({ sessionName: forgedLine, userAgent: '31mrednextline' });
    for (const sessionName of ['a\nb', 'a\u2028b', 'a\x9bb', 'a\u202Eb']) {
      expect((await api.postSignIn({ ...credentialsOf(user), sessionName })).status).toBe(400);
    }
    const audit = await api.request('/api/AuditEvents', { token });
    const { events } = await bodyOf(audit, AuditEventList);
    for (const kept of events) expect(JSON.stringify(kept)).toMatch(/^[^\p{Cc}\u2028\u2029\u202E]+$/u);
    expect(events.map((event) => event.userAgent)).toContain('31mrednextline');
    for (const line of api.logged.slice(before)) expect(line).not.toContain('all sessions were ended');
  });
});
