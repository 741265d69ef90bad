// `npm start`: from a fresh clone to a console in the browser, saying at once what takes how long.
import { become, isFirstTime, prepare, root } from './bootstrap.mjs';
import { build, main } from './build.mjs';

if (isFirstTime) console.log('Rollcall: installing and building. The first time, that takes a minute or two.');
else console.log('Rollcall: starting. What has changed is built first.');
const env = prepare();
build(env);
become('node', [main, 'serve'], { env, cwd: root });
