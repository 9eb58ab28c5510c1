// Where an old matter 旧事项 came from, for who may read it. The hotline's number of an anonymous one leads to whoever
// complained: it stays with those who keep the register and those above the departments (CP12).
import { type Call, type Handlers, readIn } from '../access/call.ts';
import type { Role } from '../access/role.contract.ts';
import { getCase, requireInReach } from '../cases/case.service.ts';
import { findOrigin } from './old-case.store.ts';
import type { originRoutes } from './origin.contract.ts';

const keepers: readonly Role[] = ['front_desk', 'cs_supervisor', 'manager', 'general_manager', 'auditor'];

const readOrigin = (call: Call, id: string) =>
  readIn(call, async (tx) => {
    await getCase(tx, call, id);
    await requireInReach(tx, call, id);
    const found = await findOrigin(tx, call.communityId, id);
    if (!found) return { origin: null };
    const { sourceKey, ...origin } = found;
    const maySeeNumber = origin.anonymous !== true || keepers.some((role) => call.roles.includes(role));
    const number = sourceKey.slice(sourceKey.indexOf(':') + 1);
    // Without a number there it is known by a digest, which says nothing.
    return { origin: { ...origin, number: maySeeNumber && !number.startsWith('sha256:') ? number : null } };
  });

export const originHandlers: Handlers<typeof originRoutes> = {
  readOrigin: (call, { params }) => readOrigin(call, params.id),
};
