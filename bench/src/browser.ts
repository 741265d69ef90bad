/** What an administrator waits for in the console, in a real browser on this machine, with a million sessions. */
import { findChromium } from '@rollcall/e2e/chromium';
import { chromium, type Page } from 'playwright-core';
import { fillTo } from './load/demo-sessions.ts';
import { administrator, rollcallOn } from './load/rollcall-server.ts';
import { openTestBed } from './load/test-bed.ts';
import { medianOf, percentileOf, timed } from './measurement.ts';
import { type Table, written } from './table.ts';

const sessions = 1_000_000;
const signIns = 10;
const words = ['chrome', 'ada', 'okafor', '10.20', 'safari', 'nightly', 'firefox', 'zzzz', 'maria', 'example'];
const operators = ['client:api', 'status:active', 'created:<7d', 'agent:curl', 'ip:10.20.0.0/16', '-chrome'];
/** As somebody types who types fast. Milliseconds. */
const betweenKeys = 80;
const untilSettled = 600;

export async function measureBrowser(): Promise<Table> {
  await using bed = await openTestBed();
  const databaseUrl = await bed.createDatabase('browser');
  const { url } = await bed.startAnywhere(rollcallOn(databaseUrl));
  await fillTo(sessions, databaseUrl);
  const browser = await chromium.launch(await findChromium());
  try {
    const arrivals: number[] = [];
    while (arrivals.length < signIns) arrivals.push(await signInOnce(await newPage(), url));
    const page = await newPage();
    await signInOnce(page, url);
    await watch(page);
    const settled: number[] = [];
    for (const text of [...words, ...words.map((word) => `${word} 1`), ...operators])
      settled.push(await type(page, text));
    const { frames, shift } = await page.evaluate(() => window.watched);
    return {
      columns: ['with a million sessions', 'median', 'p95', 'most'],
      rows: [
        ['from the sign-in button to the table', ...threeOf(arrivals, ' ms')],
        ['from a key press to the settled table', ...threeOf(settled, ' ms')],
        ['frames above 50 ms while typing', '', '', String(frames.length)],
        ['layout shift while typing', '', '', written(shift)],
      ],
    };
  } finally {
    await browser.close();
  }

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
    return await context.newPage();
  }
}

async function signInOnce(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/sign-in`, { waitUntil: 'networkidle' });
  await page.getByLabel('E-mail').fill(administrator.email);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  return await timed(async () => {
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('row').nth(5).waitFor();
  });
}

declare global {
  interface Window {
    /** Milliseconds of the page's own clock. */
    watched: { pressedAt: number; changedAt: number; frames: number[]; shift: number };
  }
}

/** Counts what moves and what takes long, and notes when a key was pressed and when anything but the field changed last. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = { pressedAt: 0, changedAt: 0, frames: [] as number[], shift: 0 };
    window.watched = watched;
    const field = document.querySelector('[role="combobox"]')?.closest('form');
    document.addEventListener('keydown', ({ timeStamp }) => (watched.pressedAt = timeStamp), true);
    new MutationObserver((changes) => {
      if (changes.every(({ target }) => field?.contains(target))) return;
      requestAnimationFrame(() => (watched.changedAt = performance.now()));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.frames.push(duration);
    }).observe({ type: 'longtask' });
    // Rows that move because another answer has come within half a second of a key are what was asked for, not a shift: so the standard counts.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ('value' in entry && 'hadRecentInput' in entry && !entry.hadRecentInput)
          watched.shift += Number(entry.value);
      }
    }).observe({ type: 'layout-shift' });
  });
}

/** Milliseconds from the last key of a text until the table stood still. */
async function type(page: Page, text: string): Promise<number> {
  const field = page.getByRole('combobox', { name: 'Search sessions' });
  await field.fill('');
  await page.waitForTimeout(untilSettled);
  await field.pressSequentially(text, { delay: betweenKeys });
  await page.waitForFunction((sought) => new URL(location.href).searchParams.get('search') === sought, text);
  await page.waitForTimeout(untilSettled);
  return await page.evaluate(() => window.watched.changedAt - window.watched.pressedAt);
}

function threeOf(figures: readonly number[], unit: string): string[] {
  const three = [medianOf(figures), percentileOf(figures, 0.95), Math.max(...figures)];
  return three.map((figure) => written(figure, unit));
}
