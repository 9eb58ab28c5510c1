import { describe, expect, it } from 'vitest';
import {
  type ComplaintAnswer,
  type ComplaintMove,
  complaintMoveBodies,
  complaintMoves,
} from '../../complaint-shapes.contract.ts';
import { bodyOf, changedFacts, emptyFacts, factsDraftOf, factsOf, type MoveDraft, startDraft } from './moveDraft.ts';

const id = (tail: number) => `018f0000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const complaint = {
  id: id(1),
  version: 7,
  severity: 'serious',
  anonymous: false,
  unitId: id(101),
  unit: '1-1-101',
  place: '车库',
  contact: { name: '王女士', phone: '138****1234' },
  against: 'engineering',
  againstStaff: null,
  department: 'customer-service',
  occurredAt: null,
  account: '漏水',
  demand: '修好',
  replyReason: null,
  replyAt: null,
  wishedAt: null,
  agreedAt: null,
  liability: 'company',
  facts: { lossFen: 300_000, death: 2 },
} as unknown as ComplaintAnswer;
const nobody = { ...complaint, anonymous: true, unitId: null, contact: { name: null, phone: null } } as ComplaintAnswer;

/** Every field that any move asks for. */
const full: Partial<MoveDraft> = {
  severity: 'major',
  department: 'engineering',
  reason: '理由',
  explained: 'call',
  how: 'visit',
  text: '内容',
  until: '2026-11-27T18:00',
  cause: 'facilities',
  opinion: '可以',
  signMode: 'drawn',
  signature: `data:image/png;base64,iVBORw0KGgo${'A'.repeat(12)}`,
  chosenId: id(2),
  demand: '修好并道歉',
};
const bodyFor = (move: ComplaintMove, part: Partial<MoveDraft>, of = complaint) =>
  bodyOf(move, { ...startDraft(move, of), ...part }, of);

describe('the dialog of a complaint’s move', () => {
  it.each(complaintMoves)('makes of %s a body that its route takes, with the version that was looked at', (move) => {
    const read = bodyFor(move, full);
    expect(read).toMatchObject({ body: { version: 7 } });
    const parsed = complaintMoveBodies[move].safeParse((read as { body: object }).body);
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  it.each<[ComplaintMove, Partial<MoveDraft>, string]>([
    ['amend', {}, 'nothingChanged'],
    ['amend', { agreedAt: '2026-11-24T18:00', consentHow: '' }, 'consent'],
    ['amend', { liability: 'other' }, 'reason'],
    ['amend', { facts: { ...emptyFacts, loss: '三千' } }, 'badMoney'],
    ['classify', { validity: 'invalid' }, 'reason'],
    ['classify', { validity: 'invalid', reason: '不是物业的事' }, 'explained'],
    ['raise', { reason: '反复' }, 'chooseSeverity'],
    ['lower', { severity: 'ordinary' }, 'reason'],
    ['transfer', { reason: '水电归工程部' }, 'department'],
    ['transfer', { department: 'engineering' }, 'reason'],
    ['wait', { reason: '等配件', explained: 'call' }, 'until'],
    ['wait', { until: '2026-11-27T18:00', reason: '等配件' }, 'explained'],
    ['resolve', { text: '修好了' }, 'cause'],
    ['tell-customer', { how: 'visit', text: '修好了', opinion: '可以' }, 'emptyDrawing'],
    ['tell-customer', { how: 'visit', text: '修好了', signMode: 'photo' }, 'photoMissing'],
    ['tell-customer', { how: 'call', text: '修好了', signMode: 'none' }, 'unsigned'],
    ['link', {}, 'chooseCase'],
  ])('says of %s with %o what is missing', (move, part, fault) => {
    expect(bodyFor(move, part)).toEqual({ fault });
  });

  it('asks nobody for a signature who cannot be reached: the answer is posted', () => {
    expect(bodyFor('tell-customer', { how: 'posted', text: '已查岗' }, nobody)).toEqual({
      body: { version: 7, how: 'posted', answer: '已查岗' },
    });
    expect(bodyFor('invalidate', { reason: '查无此事' }, nobody)).toEqual({ body: { version: 7, reason: '查无此事' } });
  });

  it('sends only what was changed: facts that stand are not stated anew, and "somebody died" is no news', () => {
    const draft = factsDraftOf(complaint.facts);
    expect(draft).toMatchObject({ loss: '3000', death: 'yes' });
    expect(changedFacts(factsOf(draft).facts, complaint.facts)).toBeUndefined();
    const more = factsOf({ ...draft, people: '4' }).facts;
    expect(changedFacts(more, complaint.facts)).toEqual({ peopleCount: 4 });
  });

  it.each([
    ['loss', '12,000.50', { lossFen: 1_200_050 }],
    ['people', '0', {}],
    ['mediaDays', '2', { mediaDays: 2 }],
    ['mediaOutlets', '两家', {}],
  ] as const)('reads %s from %s as %o', (field, text, facts) => {
    const read = factsOf({ ...emptyFacts, [field]: text });
    expect(read.facts).toEqual(facts);
    expect(Object.keys(read.faults)).toEqual(Object.keys(facts).length === 0 ? [field] : []);
  });
});
