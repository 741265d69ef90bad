/** Every endpoint there is. */
import { listKeys } from './api-keys/list-keys.ts';
import { makeKey } from './api-keys/make-key.ts';
import { revokeKey } from './api-keys/revoke-key.ts';
import { listAuditEvents } from './audit/list-audit-events.ts';
import { changePassword } from './authentication/change-password.ts';
import { choosePassword } from './authentication/choose-password.ts';
import { signIn } from './authentication/sign-in.ts';
import { signOut } from './authentication/sign-out.ts';
import { whoAmI } from './authentication/who-am-i.ts';
import { serveDocs } from './document/serve-docs.ts';
import { serveDocument } from './document/serve-document.ts';
import { exportSessions } from './exports/export-sessions.ts';
import { live } from './health/live.ts';
import { ready } from './health/ready.ts';
import type { Endpoint } from './http/api.ts';
import { showClientAddress } from './http/show-client-address.ts';
import { introspect } from './introspection/introspect.ts';
import { reportActivity } from './introspection/report-activity.ts';
import { changeOrganization } from './organizations/change-organization.ts';
import { getOrganization } from './organizations/get-organization.ts';
import { listSavedViews } from './saved-views/list-saved-views.ts';
import { removeView } from './saved-views/remove-view.ts';
import { saveView } from './saved-views/save-view.ts';
import { getSession } from './sessions/get-session.ts';
import { listRotations } from './sessions/list-rotations.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { previewTermination } from './sessions/preview-termination.ts';
import { sessionStatistics } from './sessions/session-statistics.ts';
import { terminateSession } from './sessions/terminate-session.ts';
import { terminateSeveral } from './sessions/terminate-several.ts';
import { beginSignOn } from './single-sign-on/begin-sign-on.ts';
import { finishSignOn } from './single-sign-on/finish-sign-on.ts';
import { getIdentityProvider } from './single-sign-on/get-identity-provider.ts';
import { listSignInMethods } from './single-sign-on/list-sign-in-methods.ts';
import { logOutByProvider } from './single-sign-on/log-out-by-provider.ts';
import { providerSignOut } from './single-sign-on/provider-sign-out.ts';
import { putIdentityProvider } from './single-sign-on/put-identity-provider.ts';
import { removeIdentityProvider } from './single-sign-on/remove-identity-provider.ts';
import { getUser } from './users/get-user.ts';
import { inviteUser } from './users/invite-user.ts';
import { listUsers } from './users/list-users.ts';
import { patchUser } from './users/patch-user.ts';
import { removeUser } from './users/remove-user.ts';
import { resetPassword } from './users/reset-password.ts';

export const endpoints: readonly Endpoint[] = [
  signIn,
  whoAmI,
  signOut,
  listSignInMethods,
  beginSignOn,
  finishSignOn,
  providerSignOut,
  logOutByProvider,
  choosePassword,
  changePassword,
  listSessions,
  sessionStatistics,
  exportSessions,
  getSession,
  listRotations,
  terminateSession,
  previewTermination,
  terminateSeveral,
  listSavedViews,
  saveView,
  removeView,
  listUsers,
  inviteUser,
  getUser,
  patchUser,
  removeUser,
  resetPassword,
  listKeys,
  makeKey,
  revokeKey,
  introspect,
  reportActivity,
  getOrganization,
  changeOrganization,
  getIdentityProvider,
  putIdentityProvider,
  removeIdentityProvider,
  listAuditEvents,
  showClientAddress,
  live,
  ready,
  serveDocument,
  serveDocs,
];
