import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../cases/case.contract.ts';
import {
  calledBuilding,
  calledNumber,
  customerPartsOf,
  laidOut,
  type PaperForm,
  type PaperPart,
  paperForms,
  paperParts,
  wrapped,
} from './repair-paper.rules.ts';

const small: PaperForm = { ems: 4, contentLines: 2, resultLines: 1, partRows: 2, captionLines: 1, restLines: 4 };
const part = (name: string): PaperPart => ({ name, kind: 'material', quantity: 1, unitPriceFen: 100, amountFen: 100 });

describe('a work order on paper', () => {
  it.each([
    ['', []],
    ['水管漏水', ['水管漏水']],
    ['水管漏水了', ['水管漏水', '了']],
    ['abcdefgh', ['abcdefgh']],
    ['abcdefghi', ['abcdefgh', 'i']],
    ['漏\n水', ['漏', '水']],
    ['漏😱水水', ['漏😱水', '水']],
  ])('breaks %j by the room its letters take', (text, lines) => {
    expect(wrapped(text, 4)).toEqual(lines);
  });

  it('fills the form first and goes on where nothing fits, losing nothing', () => {
    const order = {
      content: '一二三四五六七八九十一二三四五六七八',
      result: '甲乙丙丁戊己',
      parts: ['a', 'b', 'c', 'd'].map(part),
      captions: ['图一', '图二'],
    };
    const { content, result, parts, captions, rest } = laidOut(order, small);
    expect([content, result, parts.map(({ name }) => name), captions]).toEqual([
      ['一二三四', '五六七八'],
      ['甲乙丙丁'],
      ['a', 'b'],
      ['图一'],
    ]);
    expect(rest.every((sheet) => sheet.length <= small.restLines)).toBe(true);
    const said = rest.flat();
    expect(said.flatMap((one) => (one.what === 'content' ? [one.line] : [])).join('')).toBe('九十一二三四五六七八');
    expect(said.flatMap((one) => (one.what === 'parts' ? [one.part.name] : []))).toEqual(['c', 'd']);
    expect(said.flatMap((one) => (one.what === 'result' || one.what === 'captions' ? [one.line] : []))).toEqual([
      '戊己',
      '图二',
    ]);
    // No heading stands alone at the foot of a sheet, and each sheet begins with one.
    for (const sheet of rest) expect([sheet[0]?.what, sheet.at(-1)?.what === 'heading']).toEqual(['heading', false]);
  });

  it('writes many short lines on rather than asking for another sheet', () => {
    expect(laidOut({ content: '漏\n水\n了', result: '', parts: [], captions: [] }, small)).toMatchObject({
      content: ['漏　水　', '了'],
      rest: [],
    });
  });

  it('holds twelve lines of parts on three-part paper', () => {
    const parts = Array.from({ length: 12 }, (_, index) => part(String(index)));
    const order = { content: '', result: '', parts, captions: [] };
    expect(laidOut(order, paperForms.impact).rest).toEqual([]);
    expect(laidOut(order, paperForms.a5).rest).toHaveLength(1);
  });

  it('lists what was agreed and, beside it, what was used free of charge (RP10)', () => {
    const agreed = { name: '更换角阀', quantity: 1, unitPriceFen: 3500, amountFen: 3500, kind: 'labour' };
    const used = [
      { name: '更换角阀', quantity: 1, unitPriceFen: 3500 },
      { name: '生料带', quantity: 0.5, unitPriceFen: 0, kind: 'material' as const },
    ];
    expect(paperParts([agreed], used).map(({ name, kind, amountFen }) => [name, kind, amountFen])).toEqual([
      ['更换角阀', 'labour', 3500],
      ['生料带', 'material', 0],
    ]);
  });

  it('names the parts that the customer brought beside how each was found (RP9)', () => {
    const finish = {
      action: 'finish',
      facts: {
        customerParts: [
          { check: 'passed', customerTold: true },
          { check: 'poor', customerTold: true },
        ],
      },
      text: '龙头\n软管\n另有备注',
    } as unknown as TimelineEntry;
    expect(customerPartsOf([finish])).toEqual([
      { name: '龙头', check: 'passed', customerTold: true },
      { name: '软管', check: 'poor', customerTold: true },
    ]);
    expect(customerPartsOf([])).toEqual([]);
  });
});

describe('an order on the radio (PR4)', () => {
  it('is called by the short number', () => {
    expect([calledNumber('BX-2026-000123'), calledNumber('BX-2026-100000')]).toEqual(['123', '100000']);
  });

  it.each([
    ['3-1-502', null, '3'],
    ['3栋1单元502', null, '3'],
    ['华庭一期·A3-1-2501', null, '华庭一期·A3'],
    ['华庭一期-A3-1-2501', null, '华庭一期-A3'],
    ['8-1201', null, '8'],
    [null, '2号楼大堂', '2'],
    [null, '十二栋电梯厅', '十二'],
    [null, '陈先生家-门口', null],
    [null, '13800001234号楼', null],
    ['别墅', null, null],
  ])('names of %s %s no more than the building', (unit, place, building) => {
    expect(calledBuilding(unit, place)).toBe(building);
  });
});
