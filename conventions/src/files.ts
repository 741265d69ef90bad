/** What is kept is what somebody wrote, or draws from what is written: nothing that a build or a run leaves behind. */
const written = /\.(?:ts|svelte|css|html|md|json|ya?ml|mjs|svg|png)$/;

export function isWritten(path: string): boolean {
  return written.test(path);
}
