// The moves of a complaint 投诉 (spec/10): from where, to where, by whom. It drives the server's check, the buttons, the
// printed diagram and the complete test of state × move × hat.
import type { Moves } from '../../kernel/moves.ts';
import { allowsBy, allowsFrom } from '../../kernel/moves.ts';
import { type ComplaintMove, type ComplaintState, complaintStates } from './complaint-shapes.contract.ts';

/**
 * What somebody is to one complaint, in the words of spec/10. `first` took it, `head` leads the department in charge,
 * `named` is its responsible person. Three follow from the level: `decider` has to take it over (respond), `teller` tells
 * the customer how it ended, `closer` files it. A manager wears `sup` besides `mgr`.
 */
export const hats = [
  'first',
  'desk',
  'sup',
  'mgr',
  'gm',
  'head',
  'named',
  'decider',
  'teller',
  'closer',
  'system',
] as const;
export type Hat = (typeof hats)[number];

const open: readonly ComplaintState[] = complaintStates.filter((state) => state !== 'closed');

export const moves: Moves<ComplaintMove, ComplaintState, Hat> = {
  amend: { from: open, to: null, by: ['first', 'desk', 'sup'] },
  forward: { from: open, to: null, by: ['sup', 'mgr'] },
  'take-over': { from: open, to: null, by: ['decider'] },
  classify: { from: ['recorded'], to: 'classified', by: ['sup'] },
  raise: { from: open, to: null, by: ['sup', 'mgr', 'gm', 'system'] },
  mishandled: { from: open, to: null, by: ['sup', 'mgr', 'gm', 'system'] },
  lower: { from: open, to: null, by: ['sup'] },
  respond: { from: open, to: null, by: ['first', 'head', 'sup', 'gm'] },
  send: { from: ['recorded', 'classified', 'in-progress'], to: 'sent', by: ['desk', 'sup'] },
  accept: { from: ['sent'], to: 'in-progress', by: ['head', 'named'] },
  transfer: { from: ['sent', 'in-progress'], to: 'sent', by: ['head', 'sup'] },
  wait: { from: ['in-progress'], to: 'waiting', by: ['head', 'sup'] },
  resume: { from: ['waiting'], to: 'in-progress', by: ['head', 'sup'] },
  resolve: { from: ['in-progress', 'waiting'], to: 'resolved', by: ['head', 'sup'] },
  'tell-customer': { from: ['resolved'], to: 'customer-told', by: ['teller'] },
  close: { from: ['customer-told'], to: 'closed', by: ['system', 'closer'] },
  reopen: { from: ['customer-told', 'closed'], to: 'in-progress', by: ['sup', 'system'] },
  invalidate: { from: open, to: null, by: ['sup'] },
  validate: { from: open, to: null, by: ['sup'] },
  link: { from: open, to: null, by: ['desk', 'sup'] },
  unlink: { from: open, to: null, by: ['desk', 'sup'] },
  merge: { from: ['recorded', 'classified'], to: 'closed', by: ['sup'] },
};

export const allowsMove = (name: ComplaintMove, state: ComplaintState, worn: readonly Hat[]): boolean =>
  allowsFrom(moves[name], state) && allowsBy(moves[name], worn);
