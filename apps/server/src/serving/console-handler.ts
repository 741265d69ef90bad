/** The console, as its own build left it. */
import { existsSync } from 'node:fs';
import type { ConsoleHandler } from './dispatch.ts';

// What the handler reads from the environment while it is loaded: where `dispatch` says under which origin it is asked.
const settings = { PROTOCOL_HEADER: 'x-forwarded-proto', HOST_HEADER: 'x-forwarded-host', PORT_HEADER: '' };

/** Undefined when there is no such file: the console has not been built. */
export async function loadConsole(handler: URL, environment: NodeJS.ProcessEnv): Promise<ConsoleHandler | undefined> {
  if (!existsSync(handler)) return undefined;
  Object.assign(environment, settings);
  const built: { handler: ConsoleHandler } = await import(handler.href);
  return built.handler;
}
