/** GET /api/UserRequestExport */
import { createRoute } from '@hono/zod-openapi';
import { SessionExportQuery } from '@rollcall/core/schema/session-export';
import * as z from 'zod';
import { writeAuditEvent } from '../audit/write-audit-event.ts';
import type { Actor } from '../authentication/actor.ts';
import { requireSession } from '../authentication/require-session.ts';
import type { Context } from '../context.ts';
import { exportTotalHeader, tokenProblems, withToken } from '../http/access.ts';
import { problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import type { Client } from '../http/client-address.ts';
import type { Reader } from '../sessions/matching-sessions.ts';
import { orTooSlow } from '../sessions/search-too-slow.ts';
import { sessionOf } from '../sessions/session-row.ts';
import { countFound, understandWholly } from '../sessions/understand.ts';
import { formats } from './formats.ts';
import { readBatches } from './read-batches.ts';

const file = z.string();

const route = createRoute({
  method: 'get',
  path: '/api/UserRequestExport',
  operationId: 'exportSessions',
  tags: ['Sessions'],
  summary: 'Export sessions',
  description: [
    'All sessions that match, as a file: of the caller’s organization, without `users:manage` the caller’s own. Sent while it is read, by sign-in; a session that begins or is removed meanwhile may be in it or not, no other is missing or comes twice. An answer that breaks off is not whole.',
    'In CSV, values that a spreadsheet would take for a formula begin with an apostrophe. A search that is not wholly understood is refused. Every export is audited before its first byte is sent.',
  ].join('\n\n'),
  security: withToken,
  request: { query: SessionExportQuery },
  responses: {
    200: {
      description: 'The sessions',
      headers: { [exportTotalHeader]: { description: 'How many there are', schema: { type: 'integer' } } },
      content: { 'text/csv': { schema: file }, 'application/x-ndjson': { schema: file } },
    },
    ...problemAnswers('invalid', ...tokenProblems, 'search-too-slow', 'unavailable'),
  },
});

export const exportSessions: Endpoint = {
  route,
  mount(api, context) {
    const { activity, clock, log } = context;
    api.openapi({ ...route, middleware: requireSession(context) }, async (c) => {
      const { actor, client, traceId } = c.var;
      const query = c.req.valid('query');
      await activity.flush(actor.organizationId);
      const reader = { actor, now: clock(), timeouts: actor.timeouts };
      const { found, total } = await orTooSlow(query.search, begin(context, { reader, actor, client, query }));
      const failed = (err: unknown): void => log.error({ traceId, err }, 'an export broke off');
      const batches = readBatches(context.database, reader, { found, sort: query.sort });
      const chunks = write(batches, { reader, query, failed });
      return c.body(streamOf(chunks), 200, {
        'Content-Type': formats[query.format].contentType,
        'Content-Disposition': `attachment; filename="sessions-${reader.now.replace(/\D/g, '').slice(0, 14)}.${query.format}"`,
        [exportTotalHeader]: String(total),
      });
    });
  },
};

interface Beginning {
  readonly reader: Reader;
  readonly actor: Actor;
  readonly client: Client;
  readonly query: SessionExportQuery;
}

/** What is found, and how much that is. Audited first: whoever breaks off has seen some of it. */
function begin({ database, newId }: Context, { reader, actor, client, query }: Beginning) {
  const { organizationId } = actor;
  return database.inOrganization(organizationId, async (tx) => {
    const found = await understandWholly(tx, reader, { ...query, in: 'query' });
    const total = await countFound(tx, found);
    await writeAuditEvent(tx, {
      ...{ organizationId, eventId: newId(), at: reader.now, actor, client },
      ...{ action: 'sessions-exported', outcome: 'success', details: { ...query, total } },
    });
    return { found, total };
  });
}

interface Writing {
  readonly reader: Reader;
  readonly query: SessionExportQuery;
  readonly failed: (error: unknown) => void;
}

// What is not read is not asked of the database; whoever goes away ends it.
function streamOf(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return();
    },
  });
}

async function* write(batches: ReturnType<typeof readBatches>, { reader, query, failed }: Writing) {
  const { now, timeouts, actor } = reader;
  const view = { requestId: actor.requestId, now, timeouts };
  const format = formats[query.format];
  const encoder = new TextEncoder();
  try {
    if (format.head !== '') yield encoder.encode(format.head);
    for await (const rows of batches) {
      if (rows.length > 0) yield encoder.encode(format.write(rows.map((row) => sessionOf(row, view))));
    }
  } catch (error) {
    failed(error);
    throw error;
  }
}
