/** The zone in which somebody reads times. The server learns it from a cookie that the first script writes. */

export const timeZoneCookie = 'time-zone';

/** What holds until a script has run. */
export const unknownTimeZone = 'UTC';

const secondsPerYear = 365 * 24 * 60 * 60;

/** The browser's zone, which is also written down for the server. */
export function rememberTimeZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${timeZoneCookie}=${encodeURIComponent(timeZone)}; path=/; max-age=${secondsPerYear}; samesite=lax`;
  return timeZone;
}
