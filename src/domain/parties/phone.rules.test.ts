import { expect, test } from 'vitest';
import {
  dialledDigits,
  maskIdentity,
  maskName,
  maskPhone,
  maskPhonesInText,
  normalisePhone,
  phoneTail,
} from './phone.rules.ts';
import { maskPlate, normalisePlate, platePart } from './plate.rules.ts';

test.each([
  ['138 1234 5678', '13812345678'],
  ['138-1234-5678', '13812345678'],
  ['+86 13812345678', '13812345678'],
  ['0086-138 1234 5678', '13812345678'],
  ['8613812345678', '13812345678'],
  ['１３８１２３４５６７８', '13812345678'],
  ['0755-12345678', '0755-12345678'],
  ['(0755) 1234 5678', '0755-12345678'],
  ['075512345678转801', '0755-12345678-801'],
  ['0755-12345678-801', '0755-12345678-801'],
  ['+86 755 12345678', '0755-12345678'],
  ['010 12345678 ext 9', '010-12345678-9'],
  ['400-123-4567', '4001234567'],
  ['22345678', '22345678'],
  ['+852 1234 5678', '+85212345678'],
])('%s is kept as %s', (written, kept) => {
  const reading = normalisePhone(written);
  expect('phone' in reading ? reading.phone : null).toBe(kept);
});

test.each([
  ['138abcd5678', 'has_letters'],
  ['一三八', 'has_letters'],
  ['1381234567', 'too_few_digits'],
  ['12345', 'too_few_digits'],
  ['0755-12345', 'too_few_digits'],
  ['', 'too_few_digits'],
  ['138123456789', 'too_many_digits'],
  ['0755-123456789', 'too_many_digits'],
  ['98765432101', 'not_a_phone'],
])('%s is refused: %s', (written, fault) => {
  expect(normalisePhone(written)).toEqual({ fault });
});

test('the tail is the last four digits that are dialled, without an extension', () => {
  expect(phoneTail('13812345678')).toBe('5678');
  expect(phoneTail('0755-12345678-801')).toBe('5678');
  expect(phoneTail('13812345678-2')).toBe('5678');
  expect(dialledDigits('0755-12345678')).toBe('075512345678');
});

test('phones, names, identity numbers and plates are shown with their middle gone', () => {
  expect(maskPhone('13812341234')).toBe('138****1234');
  expect(maskPhone('0755-12345678')).toBe('0755-****5678');
  expect(maskPhone('22345678')).toBe('****5678');
  expect([maskName('王小明'), maskName('王芳'), maskName('欧阳修'), maskName('John Smith')]).toEqual([
    '王**',
    '王*',
    '欧阳*',
    'J***',
  ]);
  expect(maskIdentity('110101190001010000')).toBe('110***********0000');
  expect(maskPlate('京A12345')).toBe('京A***45');
});

test.each([
  ['请回电13812345678谢谢', '请回电138****5678谢谢'],
  ['手机138 1234 5678或+86-13912345678', '手机138****5678或139****5678'],
  ['1381 234 5678', '138****5678'],
  ['座机0755-12345678，(010)12345678', '座机075****5678，010****5678'],
  ['电话：22345678', '电话：****5678'],
  ['身份证110101199001010018', '身份证110***********0018'],
  ['１３８１２３４５６７８', '138****5678'],
  ['号码是一三八一二三四五六七八', '号码是一三八****五六七八'],
  [
    '3栋502漏水，2026年11月22日，单号BX-2026-000123，20261122',
    '3栋502漏水，2026年11月22日，单号BX-2026-000123，20261122',
  ],
  ['费用 1234567 元', '费用 1234567 元'],
  ['水管漏水', '水管漏水'],
])('in free text, “%s” is shown as “%s”', (text, shown) => {
  expect(maskPhonesInText(text)).toBe(shown);
});

test('a plate has one written form', () => {
  expect([' 京a·12345', '粤BD12345', '粤Z 1234 港', '京A1234', 'hello', '京AI2345'].map(normalisePlate)).toEqual([
    '京A12345',
    '粤BD12345',
    '粤Z1234港',
    null,
    null,
    '京AI2345',
  ]);
  expect(['京A1', 'a12345', '12345', '京', '张三', 'zhangsan', '1234'].map(platePart)).toEqual([
    '京A1',
    'A12345',
    '12345',
    '京',
    null,
    null,
    null,
  ]);
});
