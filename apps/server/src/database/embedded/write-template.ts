/** Part of the build: the template of an empty data directory. */
import { ensureTemplate } from './template.ts';

await ensureTemplate();
