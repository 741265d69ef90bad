import { describe, expect, test } from 'vitest';
import { type BrokenRules, brokenRules } from '../test/rotation/broken-rules.ts';
import { describeCounterexample, type Exploration, explore } from '../test/rotation/explore.ts';
import { modelOf } from '../test/rotation/model.ts';
import { rules } from '../test/rotation/rules.ts';
import { largeWorlds, worlds } from '../test/rotation/worlds.ts';

// what a world must have in it for its silence to mean something
const rotation = ['the database judges g+1 confirmed', 'the row changes to confirm g+1', 'stores g+1'];
const theft = [
  'thief: the database judges g-1 reuse',
  'thief: the row changes to end g-1',
  'client: the database judges g ended',
];

const isLong = process.env['ROLLCALL_LONG_TESTS'] !== undefined;
const timeout = isLong ? 600_000 : 60_000;

describe('every state is safe that is reachable by', () => {
  test.for(Object.entries({ ...worlds, ...(isLong ? largeWorlds : {}) }))('%s', { timeout }, ([name, world]) => {
    const began = performance.now();
    const exploration = explore(modelOf(world));
    const { states, steps, counterexample } = exploration;
    console.info(`${name}: ${states} states, ${steps} steps, ${Math.round(performance.now() - began)} ms`);
    expect(counterexample, counterexample && describeCounterexample(counterexample)).toBeUndefined();
    expect(states).toBeGreaterThan(8000);
    for (const what of world.thiefRequests > 0 ? [...rotation, ...theft] : rotation) {
      expect(hasHappened(exploration, what), `${what} never happened`).toBe(true);
    }
  });
});

describe.for(Object.entries<Record<string, BrokenRules>>(brokenRules))('not when %s', ([, variants]) => {
  test.for(Object.entries(variants))('%s', ([, broken]) => {
    const world = { ...worlds[broken.world], rules: { ...rules, ...broken.rules } };
    const exploration = explore(modelOf(world));
    const { states, counterexample } = exploration;
    const rotates = hasHappened(exploration, 'the row changes to confirm g+1');
    const property = counterexample?.property ?? (rotates ? undefined : 'a session rotates');
    const found = counterexample ? describeCounterexample(counterexample) : `${states} states, all of them safe`;
    expect(property, found).toBe(broken.breaks);
  });
});

function hasHappened({ happened }: Exploration, what: string): boolean {
  return [...happened].some((step) => step.includes(what));
}
