/** node:http alone: as much as can be answered at all, and so as much as the load generator must be able to ask. */
import { createServer } from 'node:http';
import { listening } from './listening.ts';

const body = JSON.stringify({ status: 'ok' });
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };

const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
console.log(await listening(server));
