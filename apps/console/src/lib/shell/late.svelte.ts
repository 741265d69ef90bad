/** Something that has been going on for a while: what is over sooner needs no mention. */

const milliseconds = 200;

/** Call while a component is being set up. */
export function lateness(isGoingOn: () => boolean): { readonly isLate: boolean } {
  let isLate = $state(false);
  $effect(() => {
    if (!isGoingOn()) return;
    const timer = setTimeout(() => {
      isLate = true;
    }, milliseconds);
    return () => {
      clearTimeout(timer);
      isLate = false;
    };
  });
  return {
    get isLate() {
      return isLate;
    },
  };
}
