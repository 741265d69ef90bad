/** The operations of openapi.json: requests to make of them, valid and not, and the answers that they allow. */
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import * as z from 'zod';

const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.union([z.string(), z.boolean()])).optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
    example: z.unknown().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), Schema).optional(),
    items: Schema.optional(),
    anyOf: z.array(Schema).optional(),
    oneOf: z.array(Schema).optional(),
  }),
);

export interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | string[] | undefined;
  readonly enum?: (string | boolean)[] | undefined;
  readonly format?: string | undefined;
  readonly pattern?: string | undefined;
  readonly example?: unknown;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly required?: string[] | undefined;
  readonly properties?: Record<string, Schema> | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: Schema[] | undefined;
  readonly oneOf?: Schema[] | undefined;
}

const Content = z.record(z.string(), z.object({ schema: Schema }));
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['query', 'path']), schema: Schema })).default([]),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
/** How an operation takes its body. */
export const bodyTypes = ['application/json', 'application/x-www-form-urlencoded'] as const;

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});

export interface Operation extends z.infer<typeof Operation> {
  readonly method: string;
  readonly path: string;
}

const { paths, components } = Document.parse(
  JSON.parse(await readFile(new URL('../openapi.json', import.meta.url), 'utf8')),
);

export const operations: readonly Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
);

/** Values that mean something to the server, by the name of the member: ids that exist, a password that is right. */
export type Meaningful = Readonly<Record<string, readonly string[]>>;

/** Mostly what the schema allows, and now and then what it does not. */
export function valuesOf(schema: Schema, meaningful: Meaningful): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: validValues(schema, meaningful) }, { weight: 1, arbitrary: wild });
}

/** As a parameter is written into an address. */
export function parameterValues(name: string, schema: Schema, meaningful: Meaningful): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: named(name, schema, meaningful).map(String) },
    { weight: 1, arbitrary: wildText },
    { weight: 1, arbitrary: fc.constantFrom('', '0', '-1', '1.5', '101', '1e9', '\u0000', 'null', '%', 'a b') },
  );
}

export const wildText = fc.string({ unit: 'binary', maxLength: 40 });

const wild = fc.oneof(fc.jsonValue({ maxDepth: 2 }), wildText, fc.string({ minLength: 600, maxLength: 2000 }));

function validValues(given: Schema, meaningful: Meaningful): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => validValues(one, meaningful)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type)) {
    const kinds: string[] = schema.type;
    return fc.oneof(
      ...kinds.map((type) => (type === 'null' ? fc.constant(null) : validValues({ ...schema, type }, meaningful))),
    );
  }
  if (schema.type === 'object') return objects(schema, meaningful);
  if (schema.type === 'array') return fc.array(valuesOf(schema.items ?? {}, meaningful), { maxLength: 4 });
  if (schema.type === 'integer') {
    return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1000, 1000) });
  }
  return strings(schema);
}

function strings(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern, example, minLength = 0, maxLength = 40 } = schema;
  if (format === 'uuid') return fc.uuid();
  if (format === 'ipv4') return fc.ipV4();
  if (format === 'ipv6') return fc.ipV6();
  const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
  if (pattern === undefined) return free;
  const grammar = new RegExp(pattern, 'u');
  return free.map((text) => (grammar.test(text) || typeof example !== 'string' ? text : example));
}

function objects({ properties = {}, required = [] }: Schema, meaningful: Meaningful): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, schema]) => {
    const value = fc.oneof(
      { weight: 50, arbitrary: named(name, schema, meaningful) },
      { weight: 1, arbitrary: valuesOf(schema, meaningful) },
    );
    return member(name, value, required.includes(name) ? 98 : 20);
  });
  const unknown = member('unknown', wild, 3);
  return fc.tuple(...members, unknown).map((entries) => Object.fromEntries(entries.flat()));
}

function member(name: string, value: fc.Arbitrary<unknown>, percent: number): fc.Arbitrary<[string, unknown][]> {
  return fc.oneof(
    { weight: percent, arbitrary: value.map((made): [string, unknown][] => [[name, made]]) },
    { weight: 100 - percent, arbitrary: fc.constant<[string, unknown][]>([]) },
  );
}

function named(name: string, schema: Schema, meaningful: Meaningful): fc.Arbitrary<unknown> {
  const known = meaningful[name];
  if (!known) return validValues(schema, meaningful);
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: validValues(schema, meaningful) },
  );
}

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return schema;
  const found = components.schemas[name];
  if (!found) throw new Error(`openapi.json has no schema ${name}`);
  return found;
}

/** The members of a body at its top, of every kind of body that there is. */
export function propertiesOf(given: Schema): ReadonlySet<string> {
  const { properties = {}, anyOf = [], oneOf = [] } = resolved(given);
  return new Set([...Object.keys(properties), ...[...anyOf, ...oneOf].flatMap((one) => [...propertiesOf(one)])]);
}

/** The schema of an answer's body for its status and type; throws when the document does not allow such an answer. */
export function answerSchema({ operationId, responses }: Operation, status: number, type: string | null): z.ZodType {
  const response = responses[status];
  if (!response) throw new Error(`${operationId} may not answer ${status}`);
  if (!response.content && type === null) return z.literal('');
  const content = response.content?.[type?.split(';')[0] ?? ''];
  if (!content) throw new Error(`${operationId} may not answer ${status} as ${type}`);
  return zodOf(content.schema);
}

// Patterns are left out: zod reads them without the flag that lets them speak of characters.
function zodOf(schema: Schema): z.ZodType {
  const known = zodSchemas.get(schema);
  if (known) return known;
  const text = JSON.stringify({ ...schema, $defs: components.schemas });
  const made = z.fromJSONSchema(
    JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'), (key, value) =>
      key === 'pattern' ? undefined : value,
    ),
  );
  zodSchemas.set(schema, made);
  return made;
}

const zodSchemas = new Map<Schema, z.ZodType>();
