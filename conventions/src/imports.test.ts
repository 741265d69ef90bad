import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';

test('finds every kind of import, and which of them leave nothing behind', () => {
  const module = `
    import * as z from 'zod';
    import type { Session } from './session.ts';
    import { type Email } from './email.ts';
    import './styles.css';
    export * from './order.ts';
    export type { Page } from './page.ts';
    const lazily = await import('./lazy.ts');
    type Far = import('./far.ts').Far;
    // import { no } from './comment.ts';
    const text = "import { no } from './string.ts'";
  `;
  expect(importsOf('module.ts', module)).toEqual([
    { from: 'zod', isErased: false, line: 2 },
    { from: './session.ts', isErased: true, line: 3 },
    { from: './email.ts', isErased: false, line: 4 },
    { from: './styles.css', isErased: false, line: 5 },
    { from: './order.ts', isErased: false, line: 6 },
    { from: './page.ts', isErased: true, line: 7 },
    { from: './lazy.ts', isErased: false, line: 8 },
    { from: './far.ts', isErased: true, line: 9 },
  ]);
});

test('finds the imports in all scripts of a component', () => {
  const component = `<script module lang="ts">
  import { a } from 'a';
</script>
<p>import { no } from 'markup'</p>
<script lang="ts">
  import type { B } from 'b';
</script>`;
  expect(importsOf('Component.svelte', component)).toEqual([
    { from: 'a', isErased: false, line: 2 },
    { from: 'b', isErased: true, line: 6 },
  ]);
});
