// `npm run bench`: builds what has changed, then measures it. What follows `--` says which parts, and for how long.
import { become, prepare, root } from './bootstrap.mjs';
import { build } from './build.mjs';

const env = prepare();
build(env);
become('node', ['bench/src/main.ts', ...process.argv.slice(2)], { env, cwd: root });
