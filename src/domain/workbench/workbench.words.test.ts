// The desk, the wall and the search say every kind's states and levels in words.
import { expect, test } from 'vitest';
import { complaintStates, severities } from '../complaints/complaint-shapes.contract.ts';
import { emergencyStates } from '../emergencies/emergency.contract.ts';
import { enquiryStates } from '../enquiries/enquiry.contract.ts';
import { repairStates } from '../repairs/repair.contract.ts';
import { isEndedState, levelWord, stateWord } from './workbench.words.ts';

test.each([
  ['repair', repairStates],
  ['complaint', complaintStates],
  ['emergency', emergencyStates],
  ['enquiry', enquiryStates],
  ['suggestion', enquiryStates],
] as const)('each state of a %s has a word', (kind, states) => {
  for (const state of states) expect(stateWord(kind, state), state).toMatch(/^[\u4e00-\u9fff]+$/);
});

test('a level is said in the words of its kind', () => {
  for (const level of severities) expect(levelWord({ kind: 'complaint', level })).toMatch(/^[\u4e00-\u9fff]+$/);
  expect(levelWord({ kind: 'repair', level: 'ordinary' })).toBe('一般');
});

test('what is over is no work for the wall', () => {
  expect(isEndedState('complaint', 'closed')).toBe(true);
  expect(isEndedState('complaint', 'resolved')).toBe(false);
  expect(isEndedState('repair', 'cancelled')).toBe(true);
});
