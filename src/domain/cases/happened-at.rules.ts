// When something happened (spec/12 Offline): now, or the time a technician's or butler's device noted without a signal.
import { badField } from '../../kernel/refusal.ts';
import { hourMs, type Instant, minuteMs, plusMs } from '../../kernel/time.ts';

/** Evidence made without a signal is taken this long, and a device's clock may be ahead by so much. */
export const offlineHours = 72;
export const clockSkewMinutes = 2;

const carrying: readonly string[] = ['technician', 'duty_technician', 'butler', 'chief_butler', 'customer_assistant'];

/**
 * Throws the field's fault; `notBefore` is the case's last event, null where the entry may stand before it (a photo).
 * `carriers`: the posts that carry a device for this, where they are others (FU6: whoever follows up).
 */
export function evidenceTime(
  happenedAt: Instant | undefined,
  about: { roles: readonly string[]; carriers?: readonly string[]; notBefore: Instant | null; now: Instant },
): Instant {
  const { roles, carriers = carrying, notBefore, now } = about;
  if (happenedAt === undefined) return now;
  if (!roles.some((role) => carriers.includes(role))) throw badField('happenedAt', 'not_for_this_post');
  if (happenedAt > plusMs(now, clockSkewMinutes * minuteMs)) throw badField('happenedAt', 'ahead_of_the_server');
  if (happenedAt < plusMs(now, -offlineHours * hourMs))
    throw badField('happenedAt', 'too_old_to_report', { hours: offlineHours });
  if (notBefore !== null && happenedAt < notBefore) throw badField('happenedAt', 'before_last_event');
  return happenedAt;
}

/** The device's word where it can be believed, else now: what was refused is kept whatever the device's clock says. */
export const believableTime = (happenedAt: Instant, now: Instant): Instant =>
  happenedAt > now || happenedAt < plusMs(now, -offlineHours * hourMs) ? now : happenedAt;
