/** The worlds whose every state is visited. Few requests and few ticks: what matters is which of two things comes first, or that they coincide. */
import { rules } from './rules.ts';
import type { World } from './world.ts';

const calm: World = {
  rules,
  settings: { rotateAfterMs: 3, graceMs: 2, skewMs: 1 },
  clientRequests: 2,
  thiefRequests: 0,
  clockErrors: [0, 1],
  store: 'durable',
  answersAreLate: false,
};

const oneClientAndThief: World = { ...calm, clientRequests: 1, thiefRequests: 1 };

export const worlds = {
  'two requests': calm,
  'three requests': { ...calm, clientRequests: 3 },
  'two requests, rotating as often as the grace allows': {
    ...calm,
    settings: { rotateAfterMs: 0, graceMs: 2, skewMs: 1 },
  },
  'two requests, a clock that is wrong beyond the skew': {
    ...calm,
    settings: { rotateAfterMs: 0, graceMs: 2, skewMs: 1 },
    clockErrors: [-1, 0, 4],
  },
  'two requests of one cookie jar': { ...calm, store: 'cookie-jar' },
  'a request and answers that come late': { ...calm, clientRequests: 1, answersAreLate: true },
  'a request and a thief': oneClientAndThief,
  'a request and a thief, a clock that is behind': { ...oneClientAndThief, clockErrors: [-2] },
  'two requests and a thief, in the shortest times': {
    ...calm,
    settings: { rotateAfterMs: 1, graceMs: 1, skewMs: 0 },
    thiefRequests: 1,
    clockErrors: [0],
  },
} satisfies Record<string, World>;

export type WorldName = keyof typeof worlds;

/** Worlds of a million states, for when there is time. */
export const largeWorlds = {
  'two requests and a thief': { ...calm, thiefRequests: 1 },
  'a request and two requests of a thief': { ...oneClientAndThief, thiefRequests: 2 },
  'a request of a cookie jar and a thief': { ...oneClientAndThief, store: 'cookie-jar' },
  'a request, a thief and answers that come late': { ...oneClientAndThief, answersAreLate: true },
} satisfies Record<string, World>;
