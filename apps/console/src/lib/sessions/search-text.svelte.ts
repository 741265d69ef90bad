/** What stands in the search field, and when it is searched for. */

/** One answer is asked for after the other while somebody types; where one is still awaited, the next key is waited for longer. */
const pauseMilliseconds = { idle: 20, busy: 50 };

/**
 * Follows the address, except while somebody types: then the address follows, after a short pause. The answer to an older text changes nothing in
 * the field.
 */
export class SearchText {
  text = $state('');
  #searched = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #search: (text: string) => void;
  readonly #isBusy: () => boolean;

  constructor(search: (text: string) => void, inAddress: () => string, isBusy: () => boolean) {
    this.#search = search;
    this.#isBusy = isBusy;
    this.follow(inAddress());
  }

  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.submit(), pauseMilliseconds[this.#isBusy() ? 'busy' : 'idle']);
  }

  /** Searches at once, unless the text has been searched for; where somebody insists, unless that is what is shown. */
  submit({ unless = this.#searched }: { readonly unless?: string } = {}): void {
    clearTimeout(this.#timer);
    const text = this.text.trim();
    if (text === this.#searched && text === unless) return;
    this.#searched = text;
    this.#search(text);
  }

  clear(): void {
    this.text = '';
    this.submit();
  }

  /** Takes over what the address says, where somebody else changed it: a link, or going back. */
  follow(inAddress: string): void {
    if (inAddress === this.#searched) return;
    clearTimeout(this.#timer);
    this.#searched = inAddress;
    this.text = inAddress;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
