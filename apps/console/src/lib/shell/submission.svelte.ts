/** Sending the form of a dialog that lies over a list, and going where the answer leads. */
import type { SubmitFunction } from '$app/forms';
import type { Visits } from './visits.svelte.ts';

export class Submission {
  isUnderWay = $state(false);
  /** Why nothing came of the last one, where the page does not say so itself. */
  problem = $state<string>();
  readonly submit: SubmitFunction;

  constructor(visits: Pick<Visits, 'land'>, unreachable = 'Rollcall could not be reached. Try again shortly.') {
    this.submit = () => {
      this.isUnderWay = true;
      this.problem = undefined;
      return async ({ result, update }) => {
        if (result.type === 'redirect') await visits.land(new URL(result.location, location.origin));
        else if (result.type === 'error') this.problem = unreachable;
        else await update({ reset: false });
        this.isUnderWay = false;
      };
    };
  }
}
