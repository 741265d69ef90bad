/** What an administrator is told of a search that was given up. */
export const tooSlow =
  'This search takes too long. Ask for something narrower: more letters, another word, a shorter time.';
