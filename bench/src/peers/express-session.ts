/** express-session with connect-pg-simple: the row is read, and its expiry moved, on every request. */
import { createServer } from 'node:http';
import connect from 'connect-pg-simple';
import express from 'express';
import session from 'express-session';
import pg from 'pg';
import { listening } from './listening.ts';
import { databaseUrl, secret } from './surroundings.ts';

declare module 'express-session' {
  interface SessionData {
    email: string;
  }
}

const PostgresqlStore = connect(session);
const pool = new pg.Pool({ connectionString: databaseUrl() });
const day = 24 * 3_600_000;

const app = express();
app.use(
  session({
    store: new PostgresqlStore({ pool, createTableIfMissing: true }),
    secret: secret(),
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 30 * day },
  }),
);
app.post('/sign-in', express.json(), (request, response) => {
  request.session.email = request.body.email;
  response.sendStatus(204);
});
app.get('/session', (request, response) => {
  const { id, email } = request.session;
  if (email === undefined) response.sendStatus(401);
  else response.json({ session: { id }, user: { email } });
});

console.log(await listening(createServer(app)));
