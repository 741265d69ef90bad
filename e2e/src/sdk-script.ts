/** The SDK as a script for a page, which leaves its exports in `sdk`. */
import { build } from 'esbuild';

export async function sdkScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@rollcall/sdk'", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'sdk',
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error('the bundle is missing');
  return script.text;
}
