import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anchorsOf, type Link, linksOf } from './links.ts';
import { pathsOf, readText } from './repository.ts';

const pages = pathsOf('{*.md,docs/**/*.md,{apps,packages}/*/*.md,{bench,e2e,conventions}/*.md}');

test('every page of the documentation is found', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/problems.md', 'packages/sdk/README.md']),
  );
});

test.for(pages)('every link in %s leads somewhere', (page) => {
  const reason = 'whoever follows a link that leads nowhere is lost: mend the link, or write what it promises';
  const broken = linksOf(page, readText(page)).filter((link) => !resolves(link));
  expect(broken, reason).toEqual([]);
});

describe('the guard sees', () => {
  test('links, images and anchors, but neither addresses elsewhere nor code', () => {
    const markdown = [
      'See [one](../ARCHITECTURE.md), [two](problems.md#not-found "title"), [three](#here), [`four`](<a%20b.md>).',
      '![picture](console.png) <img src="dark.png">',
      '[away](https://example.com/x.md) [mail](mailto:a@example.com) [same](//example.com)',
      '`[code](nowhere.md)`',
      '```\n[code](nowhere.md)\n```',
    ].join('\n');
    expect(linksOf('docs/page.md', markdown)).toEqual([
      { path: 'ARCHITECTURE.md' },
      { path: 'docs/problems.md', anchor: 'not-found' },
      { path: 'docs/page.md', anchor: 'here' },
      { path: 'docs/a b.md' },
      { path: 'docs/console.png' },
      { path: 'docs/dark.png' },
    ]);
  });

  test('headings as GitHub names them', () => {
    expect(anchorsOf('# Where do I find …\n## not-found\n### The `rollcall` command\n```\n# no heading\n```')).toEqual(
      new Set(['where-do-i-find-', 'not-found', 'the-rollcall-command']),
    );
  });

  test('files and headings that are not there', () => {
    expect(resolves({ path: 'docs/nowhere.md' })).toBe(false);
    expect(resolves({ path: 'docs/problems.md', anchor: 'teapot' })).toBe(false);
    expect(resolves({ path: 'docs/problems.md', anchor: 'not-found' })).toBe(true);
  });
});

function resolves({ path, anchor }: Link): boolean {
  if (!existsSync(new URL(`../../${path}`, import.meta.url))) return false;
  return anchor === undefined || !path.endsWith('.md') || anchorsOf(readText(path)).has(anchor);
}
