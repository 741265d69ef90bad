/** Links between the pages of the documentation. */
import { posix } from 'node:path';

/** Where a relative link leads: a path from the root, and the heading there if it names one. */
export interface Link {
  readonly path: string;
  readonly anchor?: string;
}

const markdownLink = /\]\(\s*<?([^)\s>]+)/g;
const htmlLink = /\b(?:src|srcset|href)="([^"\s]+)/g;
const elsewhere = /^[a-z][a-z0-9+.-]*:|^\/\//i;

/** The relative links and images of a Markdown page, but not what stands in code. */
export function linksOf(page: string, markdown: string): Link[] {
  const prose = withoutCodeBlocks(markdown).replace(/`[^`\n]*`/g, '');
  const targets = [markdownLink, htmlLink].flatMap((link) =>
    [...prose.matchAll(link)].map(([, target = '']) => target),
  );
  return targets.filter((target) => !elsewhere.test(target)).map((target) => linkTo(page, target));
}

/** What can follow `#` in a link to this page: its headings, as GitHub names them. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = [...withoutCodeBlocks(markdown).matchAll(/^#{1,6} +(.*?) *$/gm)].map(([, heading = '']) => heading);
  return new Set(headings.map(anchorOf));
}

function linkTo(page: string, target: string): Link {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : posix.join(posix.dirname(page), decodeURI(file));
  return anchor ? { path, anchor } : { path };
}

function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '');
  return words.replaceAll(' ', '-');
}

function withoutCodeBlocks(markdown: string): string {
  return markdown.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '');
}
