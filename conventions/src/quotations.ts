/** Files that a page of the documentation shows word for word. */

/** What a page shows of a file: the code block below a comment that holds nothing but the file's path. */
export interface Quotation {
  readonly path: string;
  readonly code: string;
}

const quotation = /^<!-- (\S+\/\S+) -->\n+```\w*\n([\s\S]*?)^```$/gm;

export function quotationsOf(markdown: string): Quotation[] {
  return [...markdown.matchAll(quotation)].map(([, path = '', code = '']) => ({ path, code }));
}
