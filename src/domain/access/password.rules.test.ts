import { describe, expect, it } from 'vitest';
import { passwordFault } from './password.rules.ts';

const person = { username: 'lin.xiaoman', name: '林小满' };

describe('what may not be a password', () => {
  it.each([
    ['123456789012', 'too_common'],
    ['aaaaaaaaaaaa', 'too_common'],
    ['121212121212', 'too_common'],
    ['abcabcabcabc', 'too_common'],
    ['password1234', 'too_common'],
    ['Password2026!', 'too_common'],
    ['qwertyuiop123', 'too_common'],
    ['1qaz2wsx3edc', 'too_common'],
    ['woaini1314520', 'too_common'],
    ['138000012345', 'too_common'],
    ['Admin@123456', 'too_common'],
    ['guanjia123456', 'too_common'],
    ['lin.xiaoman12', 'contains_name'],
    ['a long enough password', null],
    ['correct horse battery', null],
    ['花园里的三只白鹭在喝水呢', null],
    ['vT7-qo2-Lm9-xx', null],
  ])('%s: %s', (password, fault) => {
    expect(passwordFault(password, person)).toBe(fault);
  });

  it('may not be the one before', () => {
    expect(passwordFault('correct horse battery', person, 'correct horse battery')).toBe('same_as_before');
  });
});
