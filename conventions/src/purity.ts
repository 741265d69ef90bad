/** Core is pure: it computes, and gets everything else from its caller. */
import { posix } from 'node:path';
import ts from 'typescript';
import { importsOf, nodesOf } from './imports.ts';

const schemas = 'packages/core/src/schema/';

// One reads what travels, one the addresses that people write; both only compute.
const purePackages = new Set(['zod', 'ipaddr.js']);

/** Where a module of core reaches for the clock, chance, the network, Node.js or any package that is not known to only compute. */
export function impurities(path: string, text: string): string[] {
  const effects = nodesOf(path, text).filter(({ node }) => isEffect(node));
  const foreign = importsOf(path, text).filter(({ from }) => !from.startsWith('.') && !purePackages.has(from));
  return [
    ...effects.map(({ node, line }) => `${path}:${line} ${node.getText()}`),
    ...foreign.map(({ from, line }) => `${path}:${line} imports ${from}`),
  ];
}

/** Where a module outside `schema/` brings zod along at run time, by itself or through a schema. */
export function schemaImports(path: string, text: string): string[] {
  if (path.startsWith(schemas)) return [];
  return importsOf(path, text)
    .filter(({ from, isErased }) => !isErased && (from === 'zod' || resolved(path, from).startsWith(schemas)))
    .map(({ from, line }) => `${path}:${line} imports ${from}`);
}

function resolved(path: string, from: string): string {
  return posix.join(posix.dirname(path), from);
}

const effects = new Set(['Date.now', 'Math.random', 'Date', 'fetch']);

function isEffect(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length;
  return ts.isCallExpression(node) && effects.has(node.expression.getText());
}
