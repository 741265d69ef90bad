/** The pages under System, and what each takes. */

export const systemPages = [
  { title: 'User Sessions', route: '/(console)/system/user-sessions', permission: 'users:manage' },
  { title: 'Users', route: '/(console)/system/users', permission: 'users:manage' },
  { title: 'API Keys', route: '/(console)/system/api-keys', permission: 'integrations:manage' },
  { title: 'Single Sign-On', route: '/(console)/system/single-sign-on', permission: 'integrations:manage' },
  { title: 'Audit', route: '/(console)/system/audit', permission: 'audit:read' },
  { title: 'Organization', route: '/(console)/system/organization', permission: 'users:manage' },
  { title: 'Network', route: '/(console)/system/network', permission: 'users:manage' },
] as const;
