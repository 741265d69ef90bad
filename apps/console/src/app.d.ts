import type { Instant } from '@rollcall/core/instant';
import type { Rollcall } from '@rollcall/sdk';

declare global {
  namespace App {
    interface Locals {
      /** The API, asked in the name of whoever sent this request. */
      rollcall: Rollcall;
      /** When the request arrived, by the server's clock. */
      now: Instant;
    }
    interface Platform {
      /**
       * Set by the server that mounts this application: `api` answers requests to `/api` without a socket, `failed` writes
       * what nobody expected to the log.
       */
      req?: { api?: (request: Request) => Response | Promise<Response>; failed?: (error: unknown) => void };
    }
  }
}
