import { readFile } from 'node:fs/promises';
import { problems } from '@rollcall/core/problem';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { onEachEngine } from '../../test/api.ts';

const onDisk = await readFile(new URL('../../openapi.json', import.meta.url), 'utf8');

const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(z.string(), z.object({ description: z.string() })),
});
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

function operations() {
  return Object.values(Document.parse(JSON.parse(onDisk)).paths).flatMap((methods) => Object.values(methods));
}

onEachEngine((current) => {
  test('what is served is what lies in openapi.json: run `pnpm --filter @rollcall/server openapi`', async () => {
    const answer = await current().request('/api/openapi.json');
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toEqual(JSON.parse(onDisk));
  });

  describe('the documentation', () => {
    test('is a page whose scripts and styles come from this server', async () => {
      const api = current();
      const page = await api.request('/api/docs');
      expect(page.headers.get('content-type')).toMatch('text/html');
      expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
      const html = await page.text();
      expect(html).not.toMatch(/<script>|<style|style=|\son\w+=|https?:/);
      const files = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path]) => path ?? '');
      expect(files).toHaveLength(3);
      const types = [];
      for (const path of files) {
        const file = await api.request(path);
        expect(file.status, path).toBe(200);
        expect((await file.text()).length).toBeGreaterThan(50);
        types.push(file.headers.get('content-type'));
      }
      expect(types).toEqual(['text/css', 'text/javascript', 'text/javascript']);
    });

    test('explains every problem where its type points', async () => {
      const html = await (await current().request('/api/docs/problems')).text();
      for (const code of Object.keys(problems)) expect(html).toContain(`<section id="${code}">`);
      expect(html).not.toContain('`');
    });
  });
});

test('every operation says what it is, who may call it, and how it may fail', () => {
  const all = operations();
  expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(12);
  for (const { responses, operationId } of all) {
    expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(['400', '500']));
  }
});

test('every pattern is a regular expression, and every reference leads somewhere', () => {
  const document = JSON.parse(onDisk, (key, value) => {
    if (key === 'pattern') expect(() => new RegExp(value, 'u')).not.toThrow();
    if (key === 'pattern') expect(value).not.toMatch(/\/[a-z]*$/);
    return value;
  });
  const references = [...onDisk.matchAll(/"\$ref": "#\/components\/schemas\/([^"]*)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(50);
  for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? '');
});
