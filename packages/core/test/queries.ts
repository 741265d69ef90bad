/** Trees of searches to try the language on. Values are few, so that they meet the generated sessions. */
import fc from 'fast-check';
import { fold } from '../src/fold.ts';
import { parseNetwork } from '../src/query/network.ts';
import { choices } from '../src/query/operators.ts';
import type { Condition, Query } from '../src/query/syntax.ts';
import { nearNow, word } from './sessions.ts';

const at = { start: 0, end: 0 };
const text = fc
  .oneof(word, fc.string({ unit: 'binary' }), fc.constantFrom('OR', '-x', '(a)', 'user:ada', 'a b', '\\"'))
  .map((any) => fold(any.replaceAll('\n', ' ')))
  .filter((any) => any.trim() !== '');
const network = fc
  .constantFrom('10.0.0.0/8', '192.0.2.7/32', '9.9.9.9/31', '::/0', '2001:db8::/32', '0.0.0.0/0')
  .map((cidr) => parseNetwork(cidr))
  .filter((read) => read !== undefined);

function choice<V extends string>(values: readonly V[]): fc.Arbitrary<V[]> {
  return fc.subarray([...values], { minLength: 1 });
}

function range<B extends string | number>(bound: fc.Arbitrary<B>): fc.Arbitrary<{ from?: B; to?: B }> {
  const both = fc
    .tuple(bound, bound)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
  return fc.oneof(
    both,
    bound.map((from) => ({ from })),
    bound.map((to) => ({ to })),
  );
}

const oneOf: fc.Arbitrary<Condition> = fc.oneof(
  choice(choices.client).map((values) => ({ kind: 'one-of' as const, field: 'client' as const, values, at })),
  choice(choices.auth).map((values) => ({ kind: 'one-of' as const, field: 'auth' as const, values, at })),
  choice(choices.account).map((values) => ({ kind: 'one-of' as const, field: 'account' as const, values, at })),
  choice(choices.status).map((values) => ({ kind: 'one-of' as const, field: 'status' as const, values, at })),
  choice(choices.ended).map((values) => ({ kind: 'one-of' as const, field: 'ended' as const, values, at })),
);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  text.map((any) => ({ kind: 'text' as const, text: any, at })),
  fc.record({
    kind: fc.constant('contains' as const),
    field: fc.constantFrom('name', 'agent', 'browser', 'os'),
    text,
    at: fc.constant(at),
  }),
  text
    .filter((any) => !any.startsWith('='))
    .map((any) => ({ kind: 'contains' as const, field: 'user' as const, text: any, at })),
  fc
    .oneof(text, fc.constantFrom('ada@example.com', 'ada'))
    .map((any) => ({ kind: 'is' as const, field: 'user' as const, text: fold(any), at })),
  fc.constantFrom('1', '192.0.2.7', '::', 'db8', '2001:db8::10').map((any) => ({
    kind: 'contains' as const,
    field: 'ip' as const,
    text: any,
    at,
  })),
  network.map((any) => ({ kind: 'within' as const, field: 'ip' as const, network: any, at })),
  oneOf,
  fc
    .tuple(fc.constantFrom('created', 'activity'), range(nearNow))
    .map(([field, bounds]) => ({ kind: 'during' as const, field, ...bounds, at })),
  fc
    .tuple(fc.constantFrom('duration', 'idle', 'concurrent'), range(fc.nat(200_000)))
    .map(([field, bounds]) => ({ kind: 'between' as const, field, ...bounds, at })),
);

/** Any tree that a text can mean: parts come at least in pairs, and nothing is negated twice. At most 27 conditions. */
export const query: fc.Arbitrary<Query> = treeOf(3);

function treeOf(depth: number): fc.Arbitrary<Query> {
  if (depth === 0) return condition;
  const inner = treeOf(depth - 1);
  const parts = fc.array(inner, { minLength: 2, maxLength: 3 });
  return fc.oneof(
    condition,
    inner.map((part) => (part.kind === 'not' ? part : { kind: 'not' as const, part, at })),
    parts.map((all) => ({ kind: 'and' as const, parts: all, at })),
    parts.map((any) => ({ kind: 'or' as const, parts: any, at })),
  );
}
