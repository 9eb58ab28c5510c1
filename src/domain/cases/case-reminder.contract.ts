// Reminder 催办 (RP8): the desk chases an open case; it stands on the time line and reaches whoever works on it.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { textInput, timelineEntrySchema } from './case.contract.ts';

export const reminderRefusals = ['case.reminded_just_now'] as const;

export const caseReminderRoutes = {
  remindOfCase: route({
    method: 'POST',
    path: '/communities/{communityId}/cases/{id}/reminder',
    summary: { zh: '催办：提醒负责人，记入经过', en: 'Remind whoever works on it; kept on the time line' },
    permission: 'case.remind',
    params: z.object({ communityId: z.uuid(), id: z.uuid() }),
    body: z.strictObject({ text: textInput(2000).optional() }),
    response: timelineEntrySchema,
    status: 201,
    errors: ['case.ended', 'case.reminded_just_now'],
  }),
} as const;
