/** The text of docs/problems.md. */
import { problems } from '../src/problem.ts';

type Problem = (typeof problems)[keyof typeof problems];

export const problemsFile = new URL('../../../docs/problems.md', import.meta.url);

const opening = `# Problems

Generated from [packages/core/src/problem.ts](../packages/core/src/problem.ts) by \`pnpm --filter @rollcall/core problems\`. Do not edit.

Everything the API can say no with. A problem is an \`application/problem+json\` document (RFC 9457); switch on its \`code\`, which is stable. \`title\`
is the same for every occurrence, \`detail\` says what was wrong with this one, \`errors\` names the members that were, and \`traceId\` finds the request
in the server’s log.
`;

/** One section per code, in the order of the list; a section's anchor is its code. */
export function problemsPage(): string {
  return [opening, ...Object.entries(problems).map(sectionOf)].join('\n');
}

function sectionOf([code, { status, title, advice }]: [string, Problem]): string {
  return `## ${code}\n\n**${status}** ${title}.\n\n${advice}\n`;
}
