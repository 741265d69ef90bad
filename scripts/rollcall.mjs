#!/usr/bin/env node
// `npx rollcall …` from a clone: the built command, in the directory where it was typed.
import { existsSync } from 'node:fs';
import { become, prepare } from './bootstrap.mjs';
import { build, main } from './build.mjs';

const env = prepare();
if (!existsSync(main)) build(env);
become('node', [main, ...process.argv.slice(2)], { env, cwd: process.cwd() });
