/** What an administrator waits for, and the best SQL for it that somebody would write by hand over the same tables. */

export interface Case {
  readonly name: string;
  /** After the server's address, asked at once; for so many sessions. */
  readonly paths: (sessions: number) => readonly string[];
  /** Run one after the other. `$1` is the organization. */
  readonly byHand: (sessions: number) => readonly string[];
}

const pageSize = 50;
const mine = 'from sessions where organization_id = $1';
const newest = 'order by created_at desc, request_id desc';
const figures = `select sum(sessions), sum(open_sessions), sum(users), sum(duration_ms) from (
  select sessions, open_sessions, users, duration_ms from session_counts where organization_id = $1
  union all select sessions, open_sessions, users, duration_ms from session_count_changes where organization_id = $1
) as counts`;
const isActive = `ended_at is null and last_activity > now() - interval '1 day' and created_at > now() - interval '30 days'`;

const isOfBusyUser = `user_id in (select user_id ${mine} and ${isActive} group by user_id having count(*) > 3)`;

function page(condition: string, order = newest): string {
  return `select * ${mine} and ${condition} ${order} limit ${pageSize}`;
}

function upTo(condition: string): string {
  return `select count(*) from (select 1 ${mine} and ${condition} limit 10001) as first_ones`;
}

function sorted(sort: string, column: string): Case {
  const order = `order by ${column}, request_id limit ${pageSize}`;
  return list(`by ${sort}`, `sort=${sort}`, () => [`select * ${mine} ${order}`, figures]);
}

function list(name: string, query: string, byHand: Case['byHand']): Case {
  return { name, paths: () => [`/api/UserRequests?pageSize=${pageSize}&${query}`], byHand };
}

function search(text: string, condition: string): Case {
  const byHand = () => [page(condition), upTo(condition)];
  return list(`\`${text}\``, `search=${encodeURIComponent(text)}`, byHand);
}

/** Those with some text, found by it; all of them, to be sorted. */
function withText(pattern: string): string {
  return `with found as materialized (
      select user_id, search_text from session_texts where organization_id = $1 and search_text like '${pattern}'
    )
    select *, count(*) over () ${mine} and user_id in (select user_id from found)
      and (search_text in (select search_text from found)) is true`;
}

/** Text that occurs often is found on the way through the newest; rare text by its trigrams. */
function searchForRare(text: string, pattern: string): Case {
  const byHand = `${withText(pattern)} ${newest} limit ${pageSize}`;
  return list(`\`${text}\``, `search=${encodeURIComponent(text)}`, () => [byHand]);
}

/** The word may stand beside something else that is not text. */
function searchForRareWith(word: string, other: string, condition: string): Case {
  const byHand = `${withText(`%${word}%`)} and ${condition} ${newest} limit ${pageSize}`;
  return list(`\`${word} ${other}\``, `search=${encodeURIComponent(`${word} ${other}`)}`, () => [byHand]);
}

/** In an order that what finds it does not have. */
function searchForRareBy(word: string, sort: string, column: string): Case {
  const byHand = `${withText(`%${word}%`)} order by ${column}, request_id limit ${pageSize}`;
  return list(`\`${word}\` by ${sort}`, `sort=${sort}&search=${word}`, () => [byHand]);
}

/** Half of the way through what a word finds, of which one session in `oneIn` has it. */
function farSearch(word: string, oneIn: number): Case {
  const pageAt = (sessions: number) => Math.max(1, Math.floor(sessions / oneIn / 2 / pageSize));
  return {
    name: `\`${word}\`, page in the middle`,
    paths: (sessions) => [`/api/UserRequests?pageSize=${pageSize}&page=${pageAt(sessions)}&search=${word}`],
    byHand: (sessions) => [
      `${withText(`%${word}%`)} ${newest} limit ${pageSize} offset ${(pageAt(sessions) - 1) * pageSize}`,
    ],
  };
}

/** Half of the way through all sessions, by their status. */
function farByStatus(): Case {
  const pageAt = (sessions: number) => Math.max(1, Math.floor(sessions / 2 / pageSize));
  return {
    name: 'by isActive, page in the middle',
    paths: (sessions) => [`/api/UserRequests?pageSize=${pageSize}&sort=isActive&page=${pageAt(sessions)}`],
    byHand: (sessions) => [
      `select * ${mine} order by (${isActive}), request_id limit ${pageSize} offset ${(pageAt(sessions) - 1) * pageSize}`,
      figures,
    ],
  };
}

function far(name: string, share: number): Case {
  const pageAt = (sessions: number) => Math.max(1, Math.floor((sessions * share) / pageSize));
  const byHand = (sessions: number) => {
    const fromEnd = Math.max(0, sessions - pageAt(sessions) * pageSize);
    return share > 0.5
      ? [`select * ${mine} order by created_at, request_id limit ${pageSize} offset ${fromEnd}`, figures]
      : [`select * ${mine} ${newest} limit ${pageSize} offset ${(pageAt(sessions) - 1) * pageSize}`, figures];
  };
  return {
    name,
    paths: (sessions) => [`/api/UserRequests?pageSize=${pageSize}&page=${pageAt(sessions)}`],
    byHand,
  };
}

export const firstPage: Case = {
  name: 'first page',
  paths: () => ['/api/UserRequests'],
  byHand: () => [`select * ${mine} ${newest} limit 10`, figures],
};

export const statistics: Case = {
  name: 'statistics',
  paths: () => ['/api/UserRequestStatistics'],
  byHand: () => [figures],
};

/** As the console asks for them. */
export const firstPageWithStatistics: Case = {
  name: 'both at once',
  paths: () => [...firstPage.paths(0), ...statistics.paths(0)],
  byHand: firstPage.byHand,
};

export const cases: readonly Case[] = [
  firstPage,
  statistics,
  firstPageWithStatistics,
  far('page in the middle', 0.5),
  far('last page', 1),
  sorted('userEmail', 'user_email'),
  sorted('ipAddress', 'ip_address'),
  sorted('duration', 'duration_ms'),
  farByStatus(),
  search('chrome', `search_text like '%chrome%'`),
  search('ada', `search_text like '%ada%'`),
  search('10.2', `search_text like '%10.2%'`),
  search('ab', `search_text like '%ab%'`),
  search('-chrome -safari -firefox', `search_text !~ 'chrome|safari|firefox'`),
  search('safari OR okafor', `(search_text like '%safari%' or search_text like '%okafor%')`),
  searchForRare('192.0.2.7', '%192.0.2.7%'),
  searchForRare('zzzz', '%zzzz%'),
  searchForRare('user:=ada.abara@default.example', 'ada.abara@default.example\n%'),
  search('status:active', isActive),
  search('chrome status:active', `search_text like '%chrome%' and ${isActive}`),
  searchForRareWith('okafor', 'status:active', isActive),
  searchForRareWith('okafor', 'client:api', `client_type = 'api'`),
  searchForRareWith('okafor', 'ip:10.0.0.0/8', `ip_address between '10.0.0.0' and '10.255.255.255'`),
  searchForRareWith('okafor', 'concurrent:>3', isOfBusyUser),
  searchForRareWith('okafor', 'agent:firefox', `user_agent ilike '%firefox%'`),
  searchForRareBy('okafor', 'sessionName', 'session_name'),
  farSearch('okafor', 72),
  search('client:api', `client_type = 'api'`),
  search('created:<7d', `created_at > now() - interval '7 days'`),
  search('agent:curl', `user_agent like '%curl%'`),
  search('ended:terminated', `end_reason = 'terminated'`),
  search('ended:token-reuse', `end_reason = 'token-reuse'`),
  search('ip:10.20.0.0/16', `ip_address between '10.20.0.0' and '10.20.255.255'`),
  search('duration:>8h', 'duration_ms >= 28800000'),
  search('idle:>30m', `${isActive} and last_activity <= now() - interval '30 minutes'`),
  search('concurrent:>3', isOfBusyUser),
];
