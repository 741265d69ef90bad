/** The facts that only one kind of event has, in words. */
import { parseInstant, writeInstant } from '@rollcall/core/instant';
import type { AuditEvent } from '@rollcall/core/schema/audit';
import { names, settings, valuesOf } from './detail-words.ts';
import { reasonInWords } from './words.ts';

export type Fact = readonly [name: string, value: string];

/** Why it was refused first. What has no words of its own is told as the API has it. */
export function factsOf({ action, reason, details = {} }: AuditEvent, timeZone: string): Fact[] {
  // Where the event says more exactly why, that is told: each fact once.
  const isTold = reason === undefined || Object.hasOwn(details, 'because');
  const because: Fact[] = isTold ? [] : [['Because', reasonInWords(reason)]];
  const { before, after, ...others } = details;
  const changes = action === 'settings-changed' ? changesBetween(before, after) : [];
  return [...because, ...changes, ...factsIn(others, timeZone)];
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const mostListed = 5;

function factsIn(facts: object, timeZone: string, path = ''): Fact[] {
  return Object.entries(facts).flatMap(([key, value]: [string, unknown]): Fact[] => {
    const name = path + key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return factsIn(value, timeZone, `${name}.`);
    }
    const written = write(value, timeZone, valuesOf[name]);
    return written === '' ? [] : [[names[name] ?? name, written]];
  });
}

function changesBetween(before: unknown, after: unknown): Fact[] {
  const [former, present] = [membersOf(before), membersOf(after)];
  return Object.entries(present).flatMap(([key, value]): Fact[] => {
    const [from, to] = [former[key], value].map((one) =>
      one === null ? 'the service’s own' : write(one, 'UTC', valuesOf[key]),
    );
    return from === to ? [] : [[settings[key] ?? key, `${from} → ${to}`]];
  });
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function write(value: unknown, timeZone: string, words: Readonly<Record<string, string>> = {}): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return number.format(value);
  if (Array.isArray(value)) return writeList(value.map((one) => write(one, timeZone, words)));
  if (typeof value !== 'string') return '';
  if (parseInstant(value) === value) return writeInstant(value, timeZone);
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}

function writeList(values: readonly string[]): string {
  if (values.length === 0) return 'None';
  const listed = values.slice(0, mostListed).join(', ');
  return values.length > mostListed ? `${listed} and ${number.format(values.length - mostListed)} more` : listed;
}
