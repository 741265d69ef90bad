/** What a module imports, read from its syntax tree, so that neither comments nor strings mislead. */
import ts from 'typescript';

export interface Import {
  readonly from: string;
  /** Whether nothing of it is left at run time. With `verbatimModuleSyntax` that takes `import type`: `import { type X }` still loads the module. */
  readonly isErased: boolean;
  readonly line: number;
}

/** Static and dynamic imports and re-exports, of a `.svelte` file those of its scripts. */
export function importsOf(path: string, text: string): Import[] {
  return nodesOf(path, text).flatMap(({ node, line }) => {
    const found = importOf(node);
    return found ? [{ ...found, line }] : [];
  });
}

/** Every node of a module with its line, in the order of the text. */
export function nodesOf(path: string, text: string): { node: ts.Node; line: number }[] {
  const source = ts.createSourceFile(
    path,
    path.endsWith('.svelte') ? scriptsOf(text) : text,
    ts.ScriptTarget.Latest,
    true,
  );
  const nodes: { node: ts.Node; line: number }[] = [];
  function visit(node: ts.Node): void {
    nodes.push({ node, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    ts.forEachChild(node, visit);
  }
  visit(source);
  return nodes;
}

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node)) return imported(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
  if (ts.isExportDeclaration(node)) return imported(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return imported(node.argument.literal, true);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return imported(node.arguments[0], false);
  }
  return undefined;
}

function imported(specifier: ts.Node | undefined, isErased: boolean): Omit<Import, 'line'> | undefined {
  return specifier && ts.isStringLiteralLike(specifier) ? { from: specifier.text, isErased } : undefined;
}

// What is not script becomes blank, so that lines keep their numbers.
function scriptsOf(text: string): string {
  const scripts = [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)];
  let read = '';
  for (const { index, 0: whole, 1: script = '' } of scripts) {
    const start = index + whole.indexOf('>') + 1;
    read += text.slice(read.length, start).replace(/[^\n]/g, ' ') + script;
  }
  return read;
}
