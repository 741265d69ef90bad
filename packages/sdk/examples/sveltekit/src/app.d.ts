import type { ActiveIntrospection } from '@rollcall/sdk/verifier';

declare global {
  namespace App {
    interface Locals {
      authentication: ActiveIntrospection;
    }
  }
}
