import { expect, test } from 'vitest';
import { onEachEngine } from '../../test/api.ts';
import { endSession } from './end-session.ts';

onEachEngine((current) => {
  test('whoever comes second changes nothing', async () => {
    const api = current();
    const { organization, session, user } = await api.administrator();
    const { organizationId } = organization;
    const end = { organizationId, requestId: session.requestId, at: api.now, by: user };
    const endAs = (reason: 'terminated' | 'signed-out') =>
      api.database.inOrganization(organizationId, (tx) => endSession(tx, { ...end, reason }));
    expect(await endAs('signed-out')).toMatchObject({ end_reason: 'signed-out', ended_by: user.email });
    expect(await endAs('terminated')).toBeUndefined();
    const row = await api.database.readSessionByKey(organizationId, session.requestId);
    expect(row?.end_reason).toBe('signed-out');
  });
});
