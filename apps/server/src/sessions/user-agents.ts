/** The user agents that an organization's sessions came with: some thousands among any number of sessions, judged by core's own rule. */
import { fold } from '@rollcall/core/fold';
import type { Query } from '@rollcall/core/query/syntax';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { deviceOf } from './device-of.ts';
import { type AgentCondition, isAboutAgents } from './query-conditions.ts';

/** Reads them only for a search that asks for some. */
export async function agentsFor(tx: Transaction<Tables>, organizationId: string, query: Query) {
  const agents = asksForAgents(query) ? await userAgentsOf(tx, organizationId) : [];
  return (condition: AgentCondition): string[] =>
    agents.filter((agent) => fold(textOf(condition.field, agent)).includes(condition.text));
}

function textOf(field: AgentCondition['field'], agent: string): string {
  switch (field) {
    case 'agent':
      return agent;
    case 'browser':
      return deviceOf(agent).browser ?? '';
    case 'os':
      return deviceOf(agent).system ?? '';
  }
}

function asksForAgents(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts.some(asksForAgents);
    case 'not':
      return asksForAgents(query.part);
    case 'contains':
      return isAboutAgents(query);
    default:
      return false;
  }
}

/** All of them, however many sessions came with each. */
export async function userAgentsOf(tx: Transaction<Tables>, organizationId: string): Promise<string[]> {
  const { rows } = await sql<{ user_agent: string }>`
    select user_agent from user_agents_of(${organizationId}) as user_agent`.execute(tx);
  return rows.map(({ user_agent }) => user_agent);
}
