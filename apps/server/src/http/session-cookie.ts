/** The cookie in which the console's token travels. */

/** `__Host-` binds the cookie to this very host, and demands https. */
export function sessionCookieName(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? '__Host-rollcall' : 'rollcall';
}
