import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../test/engines.ts';
import { copyDataDirectory } from '../../../test/test-database.ts';
import { DatabaseUnavailable } from '../unavailable.ts';
import { Engine } from './engine.ts';

describe.runIf(ENGINES.includes('embedded'))('the engine', () => {
  it('cuts off who is connected, asking or not, when its thread ends, and begins anew', async () => {
    const directory = copyDataDirectory();
    const engine = new Engine({ directory: join(directory, 'database'), template: '' });
    const idle = engine.connect();
    const failure = once(idle, 'error');
    await engine.open();
    await engine.close();
    expect(await failure).toEqual([expect.any(DatabaseUnavailable)]);
    expect(idle.destroyed).toBe(true);
    await engine.open();
    await engine.close();
    rmSync(directory, { recursive: true });
  });
});
