import { expect, test } from 'vitest';
import { gatherLines } from './log-lines.ts';

function destination() {
  const written: string[] = [];
  return { written, write: (text: string) => void written.push(text), flushSync: () => void written.push('flushed') };
}

test('lines are written together, in their order, when somebody says so', () => {
  const { written, ...to } = destination();
  const lines = gatherLines(to);
  lines.write('a\n');
  lines.write('b\n');
  expect(written).toEqual([]);
  lines.flush();
  lines.flush();
  expect(written).toEqual(['a\nb\n']);
});

test('many are written without being told', () => {
  const { written, ...to } = destination();
  const lines = gatherLines(to);
  const line = `${'x'.repeat(999)}\n`;
  for (let count = 0; count < 40; count += 1) lines.write(line);
  expect(written.map((text) => text.length)).toEqual([33_000]);
});

test('at the end of the process nothing is left behind', () => {
  const { written, ...to } = destination();
  const lines = gatherLines(to);
  lines.write('last\n');
  lines.flushSync();
  expect(written).toEqual(['last\n', 'flushed']);
});
