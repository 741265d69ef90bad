/** Texts that are markup, and whether a page took them for what they are: text. */
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

const markup = `"'><x-hostile><img src=x onerror=owned()><script>owned()</script>`;
/** Without what an e-mail address cannot have. */
const unspaced = `'><x-hostile/><svg/onload=owned()><script>owned()</script>`;

/** A name for a field, closing whatever it may stand in. */
export function hostileName(field: string): string {
  return field + markup;
}

/** At most 64 characters before the @. */
export function hostileEmail(letter: string): string {
  return `${letter}${unspaced}@hostile.test`;
}

/** Before any page is opened: what the markup's scripts would call leaves a mark. */
export async function watchForScripts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { owned: () => document.documentElement.setAttribute('data-owned', '') });
    // A policy that keeps a script from running must not be what keeps the texts harmless.
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      document.documentElement.setAttribute('data-violated', violatedDirective);
    });
  });
}

/** All of them are there to be read, and nothing has been made of them. */
export async function expectShownAsText(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect.poll(() => textsOf(page), text).toContain(text);
  expect(await madeOf(page)).toEqual([]);
}

/** What a reader, a mouse or a screen reader is told. */
async function textsOf(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const told = [document.title, document.body.textContent];
    for (const element of document.body.querySelectorAll('*')) {
      if (element instanceof HTMLInputElement) told.push(element.value);
      for (const name of ['aria-label', 'title', 'alt', 'placeholder']) told.push(element.getAttribute(name) ?? '');
    }
    return told.join('\n');
  });
}

async function madeOf(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const hostile = 'x-hostile, [onerror], [onload], [data-owned], [data-violated], [href^="javascript:" i]';
    const scripts = [...document.scripts].filter(({ textContent }) => textContent === 'owned()');
    return [...document.querySelectorAll(hostile), ...scripts].map(({ outerHTML }) => outerHTML.slice(0, 200));
  });
}

/** Goes to an address as a click on a link does: the page is then made in the browser, not by the server. Answers when the document was loaded. */
export async function follow(page: Page, address: string): Promise<number> {
  const target = await page.evaluate((href) => {
    const link = Object.assign(document.createElement('a'), { href, textContent: 'follow' });
    document.body.append(link);
    link.click();
    link.remove();
    return link.href;
  }, address);
  await page.waitForURL(target);
  return await page.evaluate(() => performance.timeOrigin);
}
