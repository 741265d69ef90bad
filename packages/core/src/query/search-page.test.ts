import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exampleContext, exampleSessions } from '../../test/example-sessions.ts';
import { idsOf, now } from '../../test/sessions.ts';
import { maxSearchTerms } from '../search.ts';
import { predicateOf } from './match.ts';
import { operators } from './operators.ts';
import { maxQueryDepth, maxQueryLength, parseQuery } from './parse.ts';

const page = readFileSync(new URL('../../../../docs/search.md', import.meta.url), 'utf8');

/** What each example of the page finds among the example sessions: ada, grace, robot, late. */
const found: Readonly<Record<string, string>> = {
  ada: 'ada',
  'chrome macos': 'ada',
  '"chrome on macos"': 'ada',
  '"shift: \\"desk\\""': 'grace',
  '-example.com': 'grace robot',
  'ada OR grace': 'ada grace',
  'example (ada OR late)': 'ada late',
  '-(ada OR late)': 'grace robot',
  'a:b': 'robot',
  '2001:db8::1': 'grace',
  'https://jobs': 'robot',
  '"OR"': 'robot',
  '100%': 'robot',
  '"user:x"': 'robot',
  '"ada': 'ada',
  '(grace OR late': 'grace late',
  'user:ada': 'ada',
  'user:=ada@example.com': 'ada',
  '-user:example.com': 'grace robot',
  'name:"night shift"': 'grace',
  'ip:10.1': 'ada',
  'ip:10.0.0.0/8': 'ada',
  'ip:192.0.2.7/32': 'robot',
  'ip:2001:db8::/32': 'grace',
  'agent:curl': 'robot',
  'browser:chrome os:macos': 'ada',
  'client:api': 'grace robot',
  'auth:sso|api-key': 'grace robot',
  'account:service': 'robot',
  'status:active': 'ada grace',
  'ended:terminated': 'robot',
  '-ended:signed-out status:inactive': 'robot late',
  'created:2026-01-01': 'robot',
  'created:>2026-01-01': 'ada grace late',
  'created:>=2026-01-01': 'ada grace robot late',
  'created:2026-01-01..2026-02-01': 'robot',
  'created:<2026-11-23T01:00+01:00': 'robot late',
  'created:<1d': 'ada grace',
  'activity:<1h': 'ada',
  'activity:>1d': 'robot',
  'activity:5h': 'grace',
  'duration:>8h': 'ada robot late',
  'duration:10m': 'grace',
  'duration:5m..1h': 'grace',
  'idle:>30m': 'grace',
  'concurrent:>3': 'ada',
  'concurrent:2..5': 'ada',
};

describe('of the page about searching', () => {
  const examples = rowsBelow('| search | finds sessions |');

  test('every example is tried here', () => {
    expect(examples.map(([example]) => example)).toEqual(Object.keys(found));
  });

  test.for(Object.entries(found))('%s: %s', ([example, ids]) => {
    const { tree, errors } = parseQuery(example, { now });
    expect(errors).toEqual([]);
    expect(idsOf(exampleSessions.filter(predicateOf(tree, exampleContext))).join(' ')).toBe(ids);
  });

  test.for(rowsBelow('| search | says |'))('%s: %s', ([example = '', message]) => {
    expect(parseQuery(example, { now }).errors).toMatchObject([{ message }]);
  });

  test('the operators are all that there are', () => {
    expect(rowsBelow('| operator | finds | takes |')).toEqual(
      operators.map(({ name, description, takes }) => [`${name}:`, description, takes]),
    );
  });

  test('the limits are those that are kept', () => {
    expect(page).toContain(`at most ${maxQueryLength.toLocaleString('en')} characters and ${maxSearchTerms} terms`);
    expect(page).toContain(`nested at most ${maxQueryDepth} deep`);
  });
});

/** The cells of all tables under a heading row, without the backticks of code. */
function rowsBelow(heading: string): string[][] {
  return page
    .split(`${heading}\n`)
    .slice(1)
    .flatMap((rest) => rest.split('\n\n', 1))
    .flatMap((table) => table.trimEnd().split('\n').slice(1))
    .map((row) => row.slice(2, -2).split(' | ').map(plain));
}

function plain(cell: string): string {
  return cell.replace(/^`(.*)`$/, '$1').replaceAll('\\|', '|');
}
