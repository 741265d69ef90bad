/**
 * Texts that appear on hover and on focus, for whatever has the attribute `data-hover-text`. One tooltip serves all of them, by listening where they all
 * are: rows come and go at every key of a search, and a tooltip of its own was a quarter of what a row costs.
 */

const delayMilliseconds = 250;
/** As long as it takes to move over to the tooltip. */
const patienceMilliseconds = 150;

export class HoverTexts {
  /** Whose text is shown. */
  subject = $state.raw<HTMLElement>();
  readonly text = $derived(this.subject?.dataset['hoverText'] ?? '');
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Attach it around the subjects and their tooltip. */
  readonly listen = (area: HTMLElement) => {
    const listening = new AbortController();
    const { signal } = listening;
    area.addEventListener('pointerover', (event) => this.#point(event), { signal });
    area.addEventListener('pointerleave', () => this.#later(undefined, patienceMilliseconds), { signal });
    area.addEventListener('pointerdown', () => this.hide(), { signal });
    area.addEventListener('focusin', ({ target }) => this.#focus(target), { signal });
    area.addEventListener('focusout', () => this.hide(), { signal });
    return () => {
      listening.abort();
      this.hide();
    };
  };

  hide(): void {
    clearTimeout(this.#timer);
    this.subject = undefined;
  }

  #point({ target, pointerType }: PointerEvent): void {
    if (pointerType === 'touch' || !(target instanceof Element)) return;
    const subject = subjectOf(target);
    const isThere = target.closest('[role="tooltip"]') !== null || subject === this.subject;
    if (isThere) clearTimeout(this.#timer);
    else if (subject) this.#later(subject, this.subject ? 0 : delayMilliseconds);
    else this.#later(undefined, patienceMilliseconds);
  }

  // Whoever clicks has seen what is there.
  #focus(target: EventTarget | null): void {
    if (target instanceof Element && target.matches(':focus-visible')) this.#later(subjectOf(target), 0);
  }

  #later(subject: HTMLElement | undefined, milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.subject = subject;
    }, milliseconds);
  }
}

function subjectOf(target: Element): HTMLElement | undefined {
  return target.closest<HTMLElement>('[data-hover-text]') ?? undefined;
}
