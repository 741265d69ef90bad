import { expect, test } from 'vitest';
import { sessionNameOf } from './session-name.ts';

test.for([
  [{ browser: 'Chrome', system: 'macOS' }, 'Chrome on macOS'],
  [{ browser: 'curl' }, 'curl'],
  [{ system: 'Windows' }, 'Windows'],
  [{ browser: '', system: 'Windows' }, 'Windows'],
  [{ browser: undefined, system: undefined }, 'Unknown client'],
  [{}, 'Unknown client'],
] as const)('%j is called %s', ([device, name]) => {
  expect(sessionNameOf(device)).toBe(name);
});
