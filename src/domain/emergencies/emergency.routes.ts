// Routes of emergencies.
import type { Call, Handlers } from '../access/call.ts';
import type { EmergencyMove, emergencyServed } from './emergency.contract.ts';
import type { EmergencyInput } from './emergency.rules.ts';
import { createEmergency, moveEmergency } from './emergency.service.ts';
import { readEmergenciesOf, readEmergency } from './emergency-view.service.ts';

const moveBy =
  <Name extends Exclude<EmergencyMove, 'close'>>(name: Name) =>
  async (call: Call, { params, body }: { params: { id: string }; body: EmergencyInput[Name] }) =>
    readEmergency(call, await moveEmergency(call, name, params.id, body), true);

export const emergencyHandlers: Handlers<typeof emergencyServed> = {
  createEmergency: async (call, { body }) => readEmergency(call, await createEmergency(call, body), true),
  getEmergency: (call, { params }) => readEmergency(call, params.id),
  listEmergenciesOf: (call, { params }) => readEmergenciesOf(call, params.id),
  amendEmergency: moveBy('amend'),
  takeOverEmergency: moveBy('take-over'),
  deployToEmergency: moveBy('deploy'),
  noteMeasure: moveBy('measure'),
  raiseEmergency: moveBy('raise'),
  lowerEmergency: moveBy('lower'),
  resolveEmergency: moveBy('resolve'),
  reviewEmergency: moveBy('review'),
  reopenEmergency: moveBy('reopen'),
  dismissEmergency: moveBy('dismiss'),
};
