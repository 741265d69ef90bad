/** Writes docs/problems.md. */
import { writeFileSync } from 'node:fs';
import { problemsFile, problemsPage } from './problems-page.ts';

writeFileSync(problemsFile, problemsPage());
