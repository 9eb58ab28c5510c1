// Who was signed in on this phone last, so that the app opens in a basement. No right comes of it: nothing is read or
// written on the server before it has said itself who this is.
import type { Remembered } from '../../domain/access/screens/parts/SessionGate.tsx';
import type { Me } from '../../domain/access/session.contract.ts';
import { devicePerson, deviceStore } from '../../ui/device.ts';
import { worksOffline } from '../../ui/offline.ts';
import { forgetPerson, keepAnswer, keptAnswer } from '../../ui/offlineStore.ts';

const place = 'guanjia:phone-person';

export const remembered: Remembered = {
  async read() {
    const person = worksOffline() ? deviceStore.getItem(place) : null;
    return person === null ? undefined : ((await keptAnswer(person, 'me').catch(() => undefined)) as Me | undefined);
  },
  async write(me) {
    if (!worksOffline()) return;
    deviceStore.setItem(place, me.user.id);
    // The token is of this page's session only.
    await keepAnswer(me.user.id, 'me', { ...me, csrfToken: '' }).catch(() => undefined);
  },
  async forget() {
    deviceStore.removeItem(place);
    if (worksOffline()) await forgetPerson(devicePerson());
  },
};
