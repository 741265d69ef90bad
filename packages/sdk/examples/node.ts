import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { requireSession } from '@rollcall/sdk/node';
import { verifier } from './verifier.ts';

const authenticate = requireSession(verifier);

async function greet(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const authentication = await authenticate(request, response);
  if (!authentication) return;
  if (request.url !== '/') response.writeHead(404).end();
  else response.end(`Hello, ${authentication.user.email}!`);
}

const server = createServer((request, response) => {
  greet(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});

const port = Number(process.env['PORT'] ?? 3000);
server.listen(port, () => console.log('Listening on', server.address()));
