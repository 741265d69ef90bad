/** Everything that may happen to a session's tokens, in every order. */
import { tick } from './clock.ts';
import type { Model, Step } from './explore.ts';
import { askDatabase, judge, progress } from './judging.ts';
import { isHarmless } from './properties.ts';
import { initial, keyOf, type Remembered, type State, type Travelling } from './state.ts';
import { nameOf, rememberedFrom, rememberedOf } from './terms.ts';
import type { World } from './world.ts';

export function modelOf(world: World): Model<State> {
  return { initial, keyOf, stepsFrom: (state) => stepsFrom(world, state) };
}

function stepsFrom(world: World, state: State): Step<State>[] {
  return [
    { what: 'the clock ticks', next: tick(world, state) },
    ...clientSends(world, state),
    ...state.responses.map(({ carries }) => clientReceives(world, state, carries)),
    ...state.requests.flatMap((request) => progress(world, state, request)),
    ...thiefPresents(world, state),
    ...forgerPresents(world, state),
    ...sessionIsTerminated(state),
    ...nodeReads(world, state),
    ...nodeHears(world, state),
  ];
}

// A request that is lost on its way to the server might as well not have been sent.
function clientSends(world: World, state: State): Step<State>[] {
  if (underWay(state, 'client') === world.clientRequests) return [];
  const request: Travelling = { phase: 'travelling', by: 'client', token: state.store, sinceRead: 0 };
  return [{ what: `client: sends ${nameOf(state.store)}`, next: { ...state, requests: [...state.requests, request] } }];
}

function clientReceives(world: World, state: State, token: number): Step<State> {
  const store = world.store === 'durable' ? Math.max(token, state.store) : token;
  const responses = state.responses.filter(({ carries }) => world.store === 'cookie-jar' || carries > store);
  return { what: `client: stores ${nameOf(token)}`, next: { ...state, store, responses } };
}

// The strongest thief there is has copied every token that ever left the server, when it left, and presents any of them at any time.
function thiefPresents(world: World, state: State): Step<State>[] {
  if (underWay(state, 'thief') === world.thiefRequests) return [];
  const tokens = state.nextIsOut ? [1, 0, -1, -2] : [0, -1, -2];
  return tokens.flatMap((token) => {
    const request: Travelling = { phase: 'travelling', by: 'thief', token, sinceRead: 0 };
    return judge(world, { ...state, thiefActed: true, requests: [...state.requests, request] }, request);
  });
}

// Whoever has a key has numbers that were never handed out; anybody can make up a mac.
function forgerPresents(world: World, state: State): Step<State>[] {
  const right = [2].map((token) => ({ what: `forger: presents ${nameOf(token)}`, token }));
  const wrong = [1, 0, -1, -2].map((token) => ({ what: `forger: presents ${nameOf(token)} with a wrong mac`, token }));
  return (world.rules.verifiesMac ? right : [...right, ...wrong])
    .filter(({ token }) => !isHarmless(askDatabase(world, state, token)))
    .map(({ what }) => ({ what, breaks: 'a forged token changes nothing' }));
}

function sessionIsTerminated(state: State): Step<State>[] {
  return state.ended === 'no' ? [{ what: 'the session is terminated', next: { ...state, ended: 'terminated' } }] : [];
}

function nodeReads(world: World, state: State): Step<State>[] {
  const answer: Remembered = { generation: 0, age: state.age, sinceRead: 0, ended: state.ended !== 'no' };
  if (!world.answersAreLate) return [{ what: 'the memory is filled', next: remembering(world, state, answer) }];
  if (!state.flight) return [{ what: 'the memory asks', next: { ...state, flight: answer } }];
  const next = remembering(world, { ...state, flight: undefined }, state.flight);
  return [{ what: 'an answer reaches the memory', next }];
}

function nodeHears(world: World, state: State): Step<State>[] {
  if (state.ended === 'no' || state.heard) return [];
  const end: Remembered = { generation: 0, age: state.age, sinceRead: 0, ended: true };
  return [{ what: 'the node hears of the end', next: remembering(world, state, end) }];
}

function remembering({ rules }: World, state: State, answer: Remembered): State {
  const known = state.memory && rememberedOf(state.memory, 0);
  const memory = rememberedFrom(rules.remember(known, rememberedOf(answer, 0)));
  return { ...state, memory, heard: state.heard || answer.ended };
}

function underWay({ requests }: State, by: Travelling['by']): number {
  return requests.filter((request) => request.by === by).length;
}
