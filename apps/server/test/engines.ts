/** Which engines the tests run on: both, unless `DATABASES` names some. */
const ALL = ['embedded', 'postgresql'] as const;

export type EngineName = (typeof ALL)[number];

const wanted = process.env['DATABASES']?.split(',');

export const ENGINES: readonly EngineName[] = ALL.filter((name) => wanted === undefined || wanted.includes(name));
