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
      /** `api` is set by the server that mounts this application: it answers requests to `/api` without a socket. */
      req?: { api?: (request: Request) => Response | Promise<Response> };
    }
  }
}
