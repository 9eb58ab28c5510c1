// The moves of a repair 报修 (spec/10): from where, to where, by whom. It drives the server's check, the buttons, the
// printed diagram and the complete test of state × move × hat.
import type { Moves } from '../../kernel/moves.ts';
import { allowsBy, allowsFrom } from '../../kernel/moves.ts';
import type { RepairMove, RepairState } from './repair.contract.ts';

/**
 * What somebody is to one order, in the words of spec/10. `eng` is the head of the department that holds the order, `tech`
 * and `con` the one it was sent to, `con-head` that head for a contractor's order, `maker` who recorded it, `butler` and
 * the other posts only ever record. A manager wears `sup`.
 */
export const hats = [
  'desk',
  'sup',
  'eng',
  'con-head',
  'tech',
  'con',
  'duty',
  'butler',
  'order',
  'environment',
  'technician',
  'maker',
  'resident',
  'system',
] as const;
export type Hat = (typeof hats)[number];

const loggedToPaused = [
  'logged',
  'dispatched',
  'accepted',
  'en-route',
  'on-site',
  'quoted',
  'working',
  'paused',
] as const satisfies readonly RepairState[];

/** Who may record a repair at all (RP1, RP12). */
export const createBy: readonly Hat[] = [
  'desk',
  'duty',
  'butler',
  'sup',
  'eng',
  'order',
  'environment',
  'technician',
  'resident',
  'system',
];

export const moves: Moves<RepairMove, RepairState, Hat> = {
  amend: { from: loggedToPaused, to: null, by: ['desk', 'eng', 'sup', 'tech'] },
  log: { from: ['draft'], to: 'logged', by: ['maker', 'desk'] },
  dispatch: { from: ['logged', 'dispatched', 'accepted'], to: 'dispatched', by: ['desk', 'eng', 'sup', 'duty'] },
  accept: { from: ['dispatched'], to: 'accepted', by: ['tech', 'con', 'eng'] },
  'hand-back': { from: ['dispatched', 'accepted'], to: 'logged', by: ['tech', 'con'] },
  depart: { from: ['accepted'], to: 'en-route', by: ['tech', 'con'] },
  arrive: { from: ['accepted', 'en-route'], to: 'on-site', by: ['tech', 'con', 'con-head'] },
  quote: {
    from: ['logged', 'accepted', 'en-route', 'on-site', 'working'],
    to: 'quoted',
    by: ['eng', 'tech', 'con', 'desk'],
  },
  agree: { from: ['quoted'], to: 'by-facts', by: ['desk', 'tech', 'con'] },
  decline: { from: ['quoted'], to: 'declined', by: ['desk', 'tech'] },
  pause: { from: ['accepted', 'en-route', 'on-site', 'working'], to: 'paused', by: ['tech', 'con', 'eng', 'desk'] },
  resume: { from: ['paused'], to: 'by-facts', by: ['tech', 'con', 'eng', 'desk'] },
  finish: { from: ['on-site', 'working'], to: 'done', by: ['tech', 'con'] },
  sign: { from: ['done'], to: 'signed', by: ['tech', 'con', 'desk'] },
  'return-voucher': { from: ['signed'], to: 'returned', by: ['tech', 'con', 'eng'] },
  confirm: { from: ['returned', 'declined'], to: 'by-facts', by: ['eng'] },
  rework: { from: ['done', 'signed', 'returned', 'closed'], to: 'logged', by: ['desk', 'sup', 'eng', 'system'] },
  transfer: {
    from: loggedToPaused.filter((state) => state !== 'quoted'),
    to: 'logged',
    by: ['desk', 'sup', 'eng'],
  },
  cancel: {
    from: ['draft', 'logged', 'dispatched', 'accepted', 'en-route', 'quoted', 'paused'],
    to: 'cancelled',
    by: ['desk', 'sup', 'eng', 'resident'],
  },
  close: { from: ['returned'], to: 'closed', by: ['system'] },
};

/** The bare table: some hats are narrower still (`duty` sends himself, `resident` before accepted), which the rules say. */
export const allowsMove = (name: RepairMove, state: RepairState, worn: readonly Hat[]): boolean =>
  allowsFrom(moves[name], state) && allowsBy(moves[name], worn);
