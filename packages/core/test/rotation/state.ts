/**
 * One state of the model of rotation: a session's row, a node that remembers it, its clients, and everything that is under way.
 *
 * Tokens are numbered from the current one: 1 is the next, 0 the current, -1 the one before, -2 any older one. Ages are counted in ticks and stop where
 * no rule can tell them apart any more. So the states are finitely many although a session rotates for ever.
 */

export interface State {
  /** Since the current token was confirmed. */
  readonly age: number;
  readonly ended: 'no' | 'terminated' | 'token-reuse';
  /** Whether the next token has left the server: from then on a thief may have it. */
  readonly nextIsOut: boolean;
  readonly thiefActed: boolean;
  /** What the clients' store holds. */
  readonly store: number;
  readonly requests: readonly Request[];
  /** To the clients, carrying a token. Any of them may be lost, and come late, twice and in any order. */
  readonly responses: readonly Response[];
  readonly memory: Remembered | undefined;
  /** An answer of the database on its way into the memory. */
  readonly flight: Remembered | undefined;
  /** Whether the node that remembers has heard that the session has ended. */
  readonly heard: boolean;
}

/** `travelling`: nothing has been judged. `writing`: an UPDATE is on its way. `accepted`: the node has the verdict, and has yet to act on it. */
export type Request = Travelling | Writing | Accepted;

export interface Travelling extends Sent {
  readonly phase: 'travelling';
  readonly token: number;
}

export interface Writing extends Sent {
  readonly phase: 'writing';
  readonly token: number;
  readonly effect: 'confirm' | 'end';
  /** Whether the judged generation is still the current one. */
  readonly isLatest: boolean;
}

export interface Accepted extends Sent {
  readonly phase: 'accepted';
  readonly carries: number | undefined;
}

interface Sent {
  readonly by: 'client' | 'thief';
  /** Since a client read the token from the store. */
  readonly sinceRead: number;
}

export interface Response {
  readonly carries: number;
  readonly sinceRead: number;
}

export interface Remembered {
  readonly generation: number;
  /** Since that generation was confirmed. */
  readonly age: number;
  readonly sinceRead: number;
  readonly ended: boolean;
}

export const initial: State = {
  age: 0,
  ended: 'no',
  nextIsOut: false,
  thiefActed: false,
  store: 0,
  requests: [],
  responses: [],
  memory: undefined,
  flight: undefined,
  heard: false,
};

/** Two states with one key differ in the order of what is under way, at most. */
export function keyOf(state: State): string {
  const { age, ended, nextIsOut, thiefActed, store, requests, responses, memory, flight, heard } = state;
  const flags = `${ended}${nextIsOut ? 'n' : ''}${thiefActed ? 't' : ''}${heard ? 'h' : ''}`;
  const nodes = `${memory ? codeOfRemembered(memory) : ''}|${flight ? codeOfRemembered(flight) : ''}`;
  const underWay = `${requests.map(codeOfRequest).sort()}|${responses.map(codeOfResponse).sort()}`;
  return `${age} ${flags} ${store}|${nodes}|${underWay}`;
}

/** The state right after the next token was confirmed: every token is one further from being current. */
export function afterConfirmation(state: State): State {
  const { store, requests, responses, memory, flight } = state;
  return {
    ...state,
    age: 0,
    nextIsOut: false,
    store: older(store),
    requests: requests.map(olderRequest),
    responses: responses.map((response) => ({ ...response, carries: older(response.carries) })),
    memory: memory && { ...memory, generation: older(memory.generation) },
    flight: flight && { ...flight, generation: older(flight.generation) },
  };
}

function olderRequest(request: Request): Request {
  if (request.phase === 'accepted') {
    return { ...request, carries: request.carries === undefined ? undefined : older(request.carries) };
  }
  const token = older(request.token);
  return request.phase === 'writing' ? { ...request, token, isLatest: false } : { ...request, token };
}

function older(token: number): number {
  return Math.max(token - 1, -2);
}

function codeOfRemembered({ generation, age, sinceRead, ended }: Remembered): string {
  return `${generation}.${age}.${sinceRead}${ended ? 'e' : ''}`;
}

function codeOfRequest(request: Request): string {
  const sent = `${request.phase[0]}${request.by[0]}${request.sinceRead}`;
  if (request.phase === 'accepted') return `${sent}.${request.carries}`;
  return request.phase === 'travelling'
    ? `${sent}.${request.token}`
    : `${sent}.${request.token}${request.effect[0]}${request.isLatest}`;
}

function codeOfResponse({ carries, sinceRead }: Response): string {
  return `${carries}.${sinceRead}`;
}
