// Test clock 测试时钟: where a demo database runs on a time of its own, which only moves forward (spec/12 Time).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { parseInstant } from '../../kernel/time.ts';

export const timeSchema = z.object({ now: z.string(), isMovable: z.boolean() });

export const timeRoutes = {
  getTime: route({
    method: 'GET',
    path: '/clock',
    summary: { zh: '系统当前时间', en: "The product's present time and whether it can be moved" },
    permission: null,
    response: timeSchema,
  }),
  moveTime: route({
    method: 'POST',
    path: '/clock',
    summary: { zh: '把测试时钟往前拨', en: 'Move the test clock forward' },
    permission: null,
    body: z.strictObject({
      to: z.string().transform((text, context) => {
        const instant = parseInstant(text);
        if (instant !== null) return instant;
        context.issues.push({
          code: 'custom',
          input: text,
          message: 'not_an_instant',
          params: { code: 'not_an_instant' },
        });
        return z.NEVER;
      }),
    }),
    response: timeSchema,
    errors: ['clock.not_movable', 'clock.forward_only'],
  }),
};
