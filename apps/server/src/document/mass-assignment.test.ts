/** Members that nobody may set, sent along with those that they may: every operation that takes a body refuses each of them by name. */
import { describe, expect, test } from 'vitest';
import { contentsOf, onEachEngine, problemOf } from '../../test/api.ts';
import { operations, propertiesOf } from '../../test/openapi-operations.ts';

/** Of answers, of the database, and of objects themselves. */
const unsettable = [
  ...['organizationId', 'organization_id', 'userId', 'userEmail', 'requestId', 'keyId', 'viewId'],
  ...['role', 'permissions', 'accountType', 'clientType', 'authMethod', 'isAdministrator', 'isCurrent', 'isActive'],
  ...['createdAt', 'createdBy', 'lastActivity', 'expiresAt', 'endedAt', 'endReason', 'endedBy', 'savedAt', 'joinedAt'],
  ...['password_hash', 'passwordHash', 'secret_hash', 'token', 'token_salt', 'token_generation', 'slug', 'status'],
  ...['__proto__', 'constructor', 'prototype', 'toString'],
];

// Of several kinds of bodies, the one that is meant says which members there are.
const kinds: Readonly<Record<string, readonly string[]>> = { signIn: ['password', 'api-key'] };

const cases = operations.flatMap((operation) => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return [];
  const known = propertiesOf(schema);
  const names = unsettable.filter((name) => !known.has(name));
  const methods = kinds[operation.operationId] ?? [undefined];
  return methods.map((method) => ({
    operation,
    names,
    name: [operation.operationId, method].join(' ').trim(),
    method,
  }));
});

/** What an identity provider adds to its answer has to be passed over (RFC 6749, 4.1.2). */
const passingOver = ['finishSignOn'];

const strict = operations.filter(({ operationId }) => !passingOver.includes(operationId));

onEachEngine((current) => {
  describe.each(cases)('$name', ({ operation, names, method }) => {
    test('refuses them by name, and changes nothing', async () => {
      const api = current();
      const { token } = await api.administrator();
      const path = operation.path.replaceAll(/\{.*?\}/g, crypto.randomUUID());
      const before = await contentsOf(api);
      for (const name of names) {
        // As text: an object literal would take __proto__ for something else.
        const body = `{${method === undefined ? '' : `"method": "${method}", `}${JSON.stringify(name)}: "x"}`;
        const headers = { 'content-type': 'application/json' };
        const answer = await api.request(path, { method: operation.method, token, headers, body });
        const { code, errors } = await problemOf(answer);
        expect(code).toBe('invalid');
        expect(errors).toContainEqual({ in: 'body', field: name, message: 'is not known here' });
      }
      expect(await contentsOf(api)).toEqual(before);
    });
  });

  describe.each(strict.map(({ operationId, ...operation }) => ({ operationId, operation })))(
    '$operationId',
    ({ operation }) => {
      test('takes none of them from its address', async () => {
        const api = current();
        const { token } = await api.administrator();
        const path = operation.path.replaceAll(/\{.*?\}/g, crypto.randomUUID());
        const known = operation.parameters.map(({ name }) => name);
        for (const name of ['organizationId', 'userId', 'role', '__proto__'].filter((one) => !known.includes(one))) {
          const { method } = operation;
          const answer = await api.request(`${path}?${name}=x`, { method, token });
          expect((await problemOf(answer)).errors).toContainEqual({
            in: 'query',
            field: name,
            message: 'is not known here',
          });
        }
      });
    },
  );
});
