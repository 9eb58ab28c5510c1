import { describe, expect, it, test } from 'vitest';
import { plusMinutes } from '../../kernel/time.ts';
import { luxury, now, standard } from './complaint.fixture.ts';
import {
  alike,
  commonAt,
  pairsOf,
  prepareSubject,
  proposeSiblings,
  rarityOf,
  type SiblingFacts,
  siblingScore,
  weigh,
} from './complaint-siblings.rules.ts';

describe('siblings are proposed', () => {
  const policy = luxury.document.complaint.sameEvent.value;
  const rarity = rarityOf(new Map(), 200);
  const lift: SiblingFacts = {
    buildingId: 'b3',
    place: '3栋2单元电梯',
    against: 'engineering',
    text: '3栋2单元电梯又停了，老人被困在里面十分钟，要求尽快修好',
    at: now,
  };
  const scoreOf = (change: Partial<SiblingFacts>) =>
    siblingScore(policy, prepareSubject(rarity, lift), { ...lift, ...change });

  const rows: [string, Partial<SiblingFacts>, boolean][] = [
    ['the same words an hour later', { at: plusMinutes(now, 60) }, true],
    [
      'a neighbour in other words',
      { place: '2单元电梯', text: '电梯坏了上不了楼，什么时候修好', at: plusMinutes(now, -90) },
      true,
    ],
    [
      'another building, another matter',
      { buildingId: 'b7', place: '地下车库', against: 'order', text: '车位被外来车辆占用', at: plusMinutes(now, 30) },
      false,
    ],
    [
      'the same building and department, another matter',
      { place: '楼顶', text: '下雨时屋面渗水，卧室墙皮脱落', at: plusMinutes(now, 30) },
      false,
    ],
    [
      'the same words from another building, about one event of the whole community',
      { buildingId: 'b5', place: null, at: plusMinutes(now, 20) },
      true,
    ],
    ['nothing but the building', { place: null, against: null, text: null }, false],
    ['the same words a fortnight later, while nobody has solved it', { at: plusMinutes(now, 14 * 24 * 60) }, true],
    ['the same words after the window', { at: plusMinutes(now, policy.withinHours * 60) }, false],
  ];
  test.each(rows)('%s: %j → %s', (_what, change, proposed) => {
    expect(scoreOf(change).proposed).toBe(proposed);
  });

  it('loses points with time, down to none at the end of the window', () => {
    const points = [0, 200, 480, 719].map((hours) => scoreOf({ at: plusMinutes(now, hours * 60) }).points);
    expect(points).toEqual([...points].sort((a, b) => b - a));
    expect(points[0]).toBe(115);
    expect(scoreOf({ at: plusMinutes(now, policy.withinHours * 60) }).points).toBe(0);
    expect(scoreOf({ at: plusMinutes(now, -policy.withinHours * 60) }).points).toBe(0);
  });

  it('says what it goes by', () => {
    expect(scoreOf({}).because).toEqual(['building', 'place', 'against', 'words']);
    expect(scoreOf({ buildingId: null, against: null, place: null }).because).toEqual(['words']);
  });

  it('shows the likeliest first and no more than the standard wants', () => {
    const candidates = Array.from({ length: 9 }, (_, index) => ({
      ...lift,
      id: index,
      at: plusMinutes(now, -60 * (9 - index)),
    }));
    const shown = proposeSiblings(policy, rarity, lift, candidates).map(({ candidate }) => candidate.id);
    expect(shown).toEqual([8, 7, 6, 5, 4]);
    expect(proposeSiblings({ ...policy, proposeAtPoints: 121 }, rarity, lift, candidates)).toEqual([]);
  });

  it('has the same points in both presets', () => {
    expect(standard.document.complaint.sameEvent).toEqual(luxury.document.complaint.sameEvent);
  });

  it('takes a rare word for more than a common one', () => {
    const holders = new Map([...pairsOf('要求尽快处理')].map((pair) => [pair, commonAt]));
    const of = rarityOf(holders, 5_000);
    const subject = weigh(of, pairsOf('丽水湾泵房漏水要求尽快处理'));
    expect(alike(subject, pairsOf('泵房漏水'))).toBeGreaterThan(alike(subject, pairsOf('电梯停运要求尽快处理')));
    expect(rarityOf(new Map([['漏水', 600]]), 400)('漏水')).toBe(0);
  });

  it('finds nothing in texts that share nothing, and all in the same one', () => {
    expect(alike(weigh(rarity, pairsOf('电梯')), pairsOf('漏水'))).toBe(0);
    expect(alike(weigh(rarity, pairsOf(null)), pairsOf('漏水'))).toBe(0);
    expect(alike(weigh(rarity, pairsOf('厨房漏水')), pairsOf('厨房漏水'))).toBeCloseTo(1);
  });
});
