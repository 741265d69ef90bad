/** One tooltip serves every text on a page: hundreds of rows would otherwise bring hundreds of tooltips. */
import type { TooltipTether } from 'bits-ui';
import { createContext } from 'svelte';

export const [useHoverTexts, provideHoverTexts] = createContext<TooltipTether<string>>();
