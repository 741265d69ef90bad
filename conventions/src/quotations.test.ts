import { expect, test } from 'vitest';
import { quotationsOf } from './quotations.ts';
import { pathsOf, readText } from './repository.ts';

const pages = pathsOf('{*.md,docs/**/*.md,{apps,packages}/*/*.md,{bench,e2e,conventions}/*.md}');
const quotations = pages.flatMap((page) => quotationsOf(readText(page)).map((quoted) => ({ page, ...quoted })));

test('the first program is shown where everybody looks first', () => {
  expect(quotations).toContainEqual(
    expect.objectContaining({ page: 'README.md', path: 'packages/sdk/examples/first-program.ts' }),
  );
});

test.for(quotations)('$page shows $path as it is', ({ page, path, code }) => {
  const reason = `only the file is run by tests: what ${page} shows below <!-- ${path} --> must be its text, word for word`;
  expect(code, reason).toBe(readText(path));
});

test('the guard sees a block below the path of a file, and no other', () => {
  const markdown = [
    '<!-- examples/a.ts -->\n\n```ts\nfirst();\n\nsecond();\n```',
    '<!-- examples/b.sh -->\n```\n\n```',
    '<!-- a remark -->\n\n```ts\nno();\n```',
    '<!-- examples/c.ts -->\n\nprose\n\n```ts\nno();\n```',
  ].join('\n\n');
  expect(quotationsOf(markdown)).toEqual([
    { path: 'examples/a.ts', code: 'first();\n\nsecond();\n' },
    { path: 'examples/b.sh', code: '\n' },
  ]);
});
