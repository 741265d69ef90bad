import { defineConfig } from '@playwright/test';
import { findChromium } from './src/chromium.ts';

const launch = await findChromium();

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  workers: 2,
  // a whole service and a browser for each test take their time on a busy machine
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    viewport: { width: 1600, height: 900 },
    timezoneId: 'Asia/Kolkata',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: launch.executablePath, args: launch.args, env: launch.env },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
});
