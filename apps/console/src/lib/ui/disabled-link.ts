/** The attributes of a link that leads nowhere at the moment: without an address, an element has neither the role nor the focus of one. */
export const disabledLink = { role: 'link', 'aria-disabled': 'true' } as const;
