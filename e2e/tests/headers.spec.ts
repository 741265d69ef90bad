import { expect, test } from '../src/test.ts';

test('every answer of the console keeps browsers careful, whatever was asked', async ({ request }) => {
  const asked = [
    request.get('/sign-in'),
    request.get('/favicon.svg'),
    request.get('/system/'),
    request.get('/nowhere'),
    request.post('/sign-in', { form: { email: 'a' }, headers: { origin: 'https://evil.example' } }),
  ];
  for (const answer of await Promise.all(asked)) {
    expect(answer.headers()['x-content-type-options'], answer.url()).toBe('nosniff');
    expect(answer.headers()['x-frame-options'], answer.url()).toBe('DENY');
  }
});

test('a form that cannot be read is refused, not a failure of the server', async ({ request, rollcall }) => {
  const headers = { origin: rollcall.url, 'content-type': 'multipart/form-data; boundary=one' };
  const answer = await request.post('/sign-in', { headers, data: '--another\r\nnonsense' });
  expect(answer.status()).toBe(400);
});
