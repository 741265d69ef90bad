/** The pages of the documentation. */
import { problems } from '@rollcall/core/problem';

export const docsPage = documentOf({
  title: 'Rollcall API',
  head: '<link rel="stylesheet" href="/api/docs/swagger-ui.css">',
  body: '<main id="document"></main><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/docs.js"></script>',
});

export const docsScript = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#document', deepLinking: true });\n`;

/** What the `type` of every problem points at. */
export const problemsPage = documentOf({
  title: 'Problems',
  head: '',
  body: `<main><h1>Problems</h1>${Object.entries(problems).map(sectionOf).join('')}</main>`,
});

function sectionOf([code, { status, title, advice }]: [
  string,
  { status: number; title: string; advice: string },
]): string {
  return `<section id="${code}"><h2>${code}</h2><p>${status}. ${title}.</p><p>${withCode(advice)}</p></section>`;
}

function withCode(text: string): string {
  return text.replace(/`([^`]*)`/g, '<code>$1</code>');
}

function documentOf({ title, head, body }: { title: string; head: string; body: string }): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${head}</head><body>${body}</body></html>`;
}
