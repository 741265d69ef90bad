/** What is offered below the search field while somebody writes, and which of it is marked. */
import { type Suggestion, type Suggestions, suggestAt } from '@rollcall/core/query/suggest';

/** A text, and where the caret stands in it. */
export interface Written {
  readonly text: string;
  readonly caret: number;
}

const nothing: Suggestions = { start: 0, end: 0, suggestions: [] };

/** Nothing is marked until an arrow key is pressed: Enter searches for what was written. */
export class SearchOffer {
  #written: Written = { text: '', caret: 0 };
  #offered = $state.raw(nothing);
  #marked = $state(-1);

  get suggestions(): readonly Suggestion[] {
    return this.#offered.suggestions;
  }

  get isOpen(): boolean {
    return this.suggestions.length > 0;
  }

  /** The place of the marked one in `suggestions`; -1 for none. */
  get marked(): number {
    return this.#marked;
  }

  offer(written: Written): void {
    this.#written = written;
    this.#offered = suggestAt(written.text, written.caret);
    this.#marked = -1;
  }

  close(): void {
    this.#offered = nothing;
    this.#marked = -1;
  }

  /** Marks the next or the previous one. Between the last and the first, none is. */
  move(step: 1 | -1): void {
    const places = this.suggestions.length + 1;
    this.#marked = ((this.#marked + 1 + step + places) % places) - 1;
  }

  /** The text with a suggestion in its place. Behind a value there is room for the next word; behind an operator its value is to come. */
  accept(suggestion: Suggestion): Written {
    const { start, end } = this.#offered;
    const { text } = this.#written;
    const after = text.slice(end);
    const isWhole = !suggestion.text.endsWith(':') && after === '';
    const before = text.slice(0, start) + suggestion.text + (isWhole ? ' ' : '');
    return { text: before + after, caret: before.length };
  }
}
