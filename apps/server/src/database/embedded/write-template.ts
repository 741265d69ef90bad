/** Part of the build: makes the template of an empty data directory, unless it is there. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createDatabase, templateDirectory } from './template.ts';

const template = templateDirectory();
mkdirSync(dirname(template), { recursive: true });
// a template of a template: there is none, so it is made from nothing
await createDatabase(template, `${template}.none`);
