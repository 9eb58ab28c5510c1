// The duty technician sends himself 派给自己 (spec/10 dispatch, "to himself, on shift"): the order as it was just recorded.
import { call } from '../../../../ui/call.ts';
import { devicePerson } from '../../../../ui/device.ts';
import { ProblemError } from '../../../../ui/problem.ts';
import { getRepair, repairMoveRoutes } from '../../../repairs/repair.contract.ts';

/** `mine`, or the words of the refusal: the report stands either way. A lost signal is thrown, to be tried again. */
export async function sendMyself(communityId: string, id: string, reason: string, key: string): Promise<string> {
  const params = { communityId, id };
  const repair = await call(getRepair, { params });
  if (repair.technician?.id === devicePerson()) return 'mine';
  try {
    await call(repairMoveRoutes.dispatch, {
      params,
      body: {
        version: repair.version,
        technicianId: devicePerson(),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      },
      key,
    });
    return 'mine';
  } catch (error) {
    if (error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 401)
      return error.errors[0]?.message ?? error.title;
    throw error;
  }
}
