import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limitInWords } from '../clocks/clock.words.ts';
import { type StandardDocument, standardDocumentSchema } from './standard.contract.ts';
import { clockRule, lineAbove, superiorOf, upgradeDocument } from './standard.rules.ts';
import { clockLimitInWords, clockRowInWords, figureWords, sectionWords, sourceInWords } from './standard.words.ts';

const jsonOf = (preset: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../standards/${preset}.json`, import.meta.url), 'utf8'));
const luxury = standardDocumentSchema.parse(jsonOf('luxury'));
const standard = standardDocumentSchema.parse(jsonOf('standard'));
const limitOf = (document: StandardDocument, kind: string, variant: string): string => {
  const rule = document.clocks.find((one) => one.kind === kind && one.variant === variant);
  if (rule === undefined) return 'no row';
  return rule.limit === null ? '–' : limitInWords(rule.limit);
};

// kind, variant, luxury, standard, ladder (luxury), owner (luxury), rule: spec/11, row by row.
const table: [string, string, string, string, string, string, string][] = [
  ['fill-in', '', '5 分钟（全天候）', '–', 'minutes', 'front_desk', 'RP2'],
  ['notify', '', '5 分钟（全天候）', '–', 'minutes', 'front_desk', 'RP2'],
  ['contractor-told', '', '5 分钟（全天候）', '–', 'minutes', 'front_desk', 'RP7'],
  ['assess', '', '15 分钟（全天候）', '–', 'minutes', 'engineering_supervisor', 'RP5'],
  ['on-site', 'emergency', '15 分钟（全天候）', '约定时间', 'minutes', 'technician', 'RP3'],
  ['on-site', 'major', '30 分钟（全天候）', '约定时间', 'minutes', 'technician', 'RP3'],
  ['on-site', 'ordinary', '15 分钟（全天候）', '约定时间', 'minutes', 'technician', 'RP3'],
  ['on-site', 'hurry', '15 分钟（全天候）', '–', 'minutes', 'technician', 'RP3, RP5'],
  ['on-site', 'appointment', '约定时间', '约定时间', 'minutes', 'technician', 'RP4'],
  ['complete', 'emergency', '24 小时（全天候）', '约定时间', 'hours', 'technician', 'RP3'],
  ['complete', 'major', '约定时间', '约定时间', 'days', 'engineering_supervisor', 'RP3'],
  ['complete', 'ordinary', '2 小时（全天候）', '约定时间', 'hours', 'technician', 'RP3'],
  ['waiting', '', '约定时间', '约定时间', 'days', 'technician', 'RP8'],
  ['voucher', '', '同日', '同日', 'days', 'technician', 'FD18, Q5.6'],
  ['call-back', '', '30 分钟（全天候）', '30 分钟（办公时间）', 'minutes', 'front_desk', 'FD3'],
  ['call-back', 'after-hand-back', '5 分钟（全天候）', '5 分钟（办公时间）', 'minutes', 'front_desk', 'RP13'],
  ['message', '', '10 分钟（办公时间）', '30 分钟（办公时间）', 'minutes', 'front_desk', 'FD4'],
  ['answer', 'enquiry', '同日', '1 个工作日', 'days', 'front_desk', 'FD1'],
  ['respond', 'ordinary', '10 分钟（全天候）', '–', 'minutes', 'front_desk', 'CP3'],
  ['respond', 'serious', '8 分钟（全天候）', '–', 'minutes', 'manager', 'CP3'],
  ['respond', 'major', '5 分钟（全天候）', '–', 'minutes', 'general_manager', 'CP3'],
  ['respond', 'critical', '1 分钟（全天候）', '–', 'minutes', 'general_manager', 'CP3'],
  ['form-forwarded', '', '同日', '同日', 'days', 'cs_supervisor', 'CP3, CP4'],
  ['answer', 'complaint', '–', '24 小时（全天候）', 'hours', 'front_desk', 'CP6'],
  ['sent', '', '10 分钟（全天候）', '–', 'minutes', 'front_desk', 'CP4'],
  ['complete', 'complaint-ordinary', '12 小时（全天候）', '24 小时（全天候）', 'hours', 'cs_supervisor', 'CP3'],
  ['complete', 'complaint-serious', '48 小时（全天候）', '24 小时（全天候）', 'hours', 'cs_supervisor', 'CP3'],
  ['complete', 'complaint-major', '5 天', '24 小时（全天候）', 'days', 'manager', 'CP3'],
  [
    'complete',
    'complaint-critical',
    '约定时间（1 分钟内须约定）',
    '24 小时（全天候）',
    'days',
    'general_manager',
    'CP3',
  ],
  ['tell-customer', '', '同日', '同日', 'days', 'front_desk', 'CP5'],
  ['next-answer', '', '约定时间', '约定时间', 'days', 'cs_supervisor', 'CP6'],
  ['follow-up', 'repair', '2 个工作日', '7 天', 'days', 'front_desk', 'FU1, RP17'],
  ['follow-up', 'major-critical-event', '1 个工作日', '–', 'days', 'general_manager', 'FU1'],
  ['follow-up', 'complaint', '2 个工作日', '–', 'days', 'cs_supervisor', 'FU1'],
  ['follow-up', 'service', '约定时间', '7 天', 'days', 'front_desk', 'FU1'],
  ['follow-up', 'event', '2 个工作日', '7 天', 'days', 'front_desk', 'FU1'],
  ['follow-up', 'other', '1 个工作日', '7 天', 'days', 'front_desk', 'FU1'],
  ['visit', '', '3 个工作日', '–', 'days', 'front_desk', 'FU3'],
  ['review', 'repair', '2 个工作日', '下个周一 18:00', 'days', 'cs_supervisor', 'FU4, RP18'],
  ['review', 'other', '2 个工作日', '5 个工作日', 'days', 'cs_supervisor', 'FU4, RP18'],
  ['approve', '', '1 个工作日', '2 个工作日', 'days', 'manager', 'NT3'],
  ['subject-request', '', '15 个工作日', '15 个工作日', 'days', 'cs_supervisor', 'PR6'],
];

describe('the two presets hold the clock table', () => {
  test.each(table)('%s %s', (kind, variant, lux, std, ladder, owner, rule) => {
    expect([limitOf(luxury, kind, variant), limitOf(standard, kind, variant)]).toEqual([lux, std]);
    const row = luxury.clocks.find((one) => one.kind === kind && one.variant === variant);
    expect([row?.ladder, row?.owner[0], row?.source.rule]).toEqual([ladder, owner, rule]);
  });
  test('and nothing beside it, each row once', () => {
    const names = table.map(([kind, variant]) => `${kind} ${variant}`).sort();
    for (const document of [luxury, standard])
      expect(document.clocks.map((rule) => `${rule.kind} ${rule.variant}`).sort()).toEqual(names);
  });
});

describe('the presets', () => {
  test('hold repairs as the manuals say', () => {
    const figures = (document: StandardDocument) => [
      document.repair.targets.timeliness.value,
      document.repair.targets.rework.value,
      document.repair.requiredBeforeDispatch.value.major,
      document.repair.requiredBeforeDispatch.value.ordinary,
      document.repair.pauses.parts.needsConsent,
      clockRule(document, 'on-site', 'appointment')?.appointmentLeadMinutes,
      document.followUps.find((rule) => rule.what === 'repair')?.share,
      document.followUp.doorVisitUnfinished.value.on,
    ];
    expect(figures(luxury)).toEqual([0.99, 0.01, ['agreedAt'], [], true, 5, 1, true]);
    expect(figures(standard)).toEqual([
      0.98,
      null,
      ['agreedAt', 'appointmentAt'],
      ['agreedAt', 'appointmentAt'],
      false,
      0,
      0.6,
      false,
    ]);
  });
  test('charge and bound the four pauses alike', () => {
    for (const { repair } of [luxury, standard]) {
      const pauses = Object.entries(repair.pauses).map(([reason, rule]) => [
        reason,
        rule.chargedTo,
        rule.maxWorkingDays,
        rule.needsEvidence,
      ]);
      expect(pauses).toEqual([
        ['parts', 'centre', 7, false],
        ['customer', 'customer', 3, true],
        ['contractor', 'contractor', 3, false],
        ['access', 'customer', 3, true],
      ]);
    }
  });
  test('tell the general manager of late minutes and hours in the luxury preset only', () => {
    const last = (document: StandardDocument) => Object.values(document.ladders).map((steps) => steps.at(-1)?.tell[0]);
    expect(last(luxury)).toEqual(['general_manager', 'general_manager', 'general_manager']);
    expect(last(standard)).toEqual(['manager', 'manager', 'general_manager']);
  });
  test('climb from desk and technician as each manual draws the line', () => {
    expect(lineAbove(luxury, 'front_desk')).toEqual(['cs_supervisor', 'manager', 'general_manager']);
    expect(lineAbove(standard, 'front_desk')).toEqual(['manager', 'general_manager']);
    expect(lineAbove(standard, 'technician')).toEqual(['engineering_supervisor', 'manager', 'general_manager']);
    expect(superiorOf(luxury, 'general_manager')).toBeNull();
  });
  test('name a rule beside every figure and a Chinese label for it', () => {
    for (const document of [luxury, standard]) {
      const unnamed: string[] = [];
      const walk = (value: unknown, path: string): void => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
        if ('source' in value) {
          const label = figureWords[path] ?? (path === 'hours' ? sectionWords.hours : undefined);
          if (
            label === undefined ||
            sourceInWords((value as { source: { rule: string; ours: boolean } }).source) === ''
          )
            unnamed.push(path);
        }
        for (const [key, inner] of Object.entries(value))
          if (key !== 'value' && key !== 'source') walk(inner, path === '' ? key : `${path}.${key}`);
      };
      walk(document, '');
      expect(unnamed).toEqual([]);
    }
  });
  test('hold ten principles of service and the two of C', () => {
    expect(luxury.principles.map((one) => one.source.manual)).toEqual([...Array(10).fill('L'), 'C', 'C']);
  });
  test('read aloud', () => {
    const rule = luxury.clocks.find((one) => one.variant === 'complaint-ordinary');
    expect(rule && [clockRowInWords(rule), clockLimitInWords(rule)]).toEqual([
      '完成 · 一般投诉',
      '12 小时（全天候），或按客户要求的期限',
    ]);
  });
});

describe('a stored document', () => {
  test('of this release reads as it is', () => {
    expect(upgradeDocument(jsonOf('luxury'), luxury)).toEqual({ document: luxury, addedKeys: [] });
  });
  test('takes from the preset what a release added, and says so', () => {
    const { complaint: _, ...older } = jsonOf('luxury');
    const read = upgradeDocument(older, luxury);
    expect([read.addedKeys, read.document]).toEqual([['complaint'], luxury]);
  });
  test('does not bring back a superior that a community took out', () => {
    const older = { ...jsonOf('luxury'), reportingLine: { technician: 'manager' } };
    expect(upgradeDocument(older, luxury).document.reportingLine).toEqual({ technician: 'manager' });
  });
  test('climbs schema by schema', () => {
    const older = { ...jsonOf('luxury'), schema: 0, quietHours: undefined };
    const read = upgradeDocument(older, luxury, {
      0: (document, preset) => ({ ...document, quietHours: preset.quietHours }),
    });
    expect(read.document).toEqual(luxury);
  });
  test('of a later release is refused', () => {
    expect(() => upgradeDocument({ ...jsonOf('luxury'), schema: 2 }, luxury)).toThrow('no way from standard schema 2');
  });
});
