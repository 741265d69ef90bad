import { requireSession } from '@rollcall/sdk/express';
import express from 'express';
import { verifier } from './verifier.ts';

const app = express();
app.use(requireSession(verifier));
app.get('/', (request, response) => {
  response.type('text').send(`Hello, ${request.authentication?.user.email}!`);
});

const port = Number(process.env['PORT'] ?? 3000);
const server = app.listen(port, () => console.log('Listening on', server.address()));
