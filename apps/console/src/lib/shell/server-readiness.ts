/** Whether it is worth asking the server for anything. */

const timeoutMilliseconds = 5_000;

export async function isServerReady(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const { ok } = await fetch('/health/ready', { cache: 'no-store', signal });
    return ok;
  } catch {
    return false;
  }
}
