/** Files and folders are called what the domain calls things. */

const kinds = new Set([
  ...['util', 'utils', 'helper', 'helpers', 'common', 'misc'],
  ...['type', 'types', 'manager', 'managers', 'service', 'services'],
]);
const endsWithKind = /[-_.](?:utils?|helpers?|managers?|services?)$/;

/** Whether a path has a folder or file whose name says what kind of code it is instead of what it is about. */
export function isNamedByKind(path: string): boolean {
  return path.split('/').some((part) => {
    const name = part.replace(/(?:\.(?:test|spec|svelte|server|d))?\.\w+$/, '').toLowerCase();
    return kinds.has(name) || endsWithKind.test(name);
  });
}
