// Words of persons, companies and looks at their data.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { Relation, RevealField } from './party.contract.ts';

export const relationWords: Record<Relation, string> = {
  owner: '业主',
  lessee: '租户',
  family: '家庭成员',
  carer: '照护人',
  contact: '联系人',
};
export const partyKindWords = { person: '个人', company: '单位' } as const;
export const revealFieldWords: Record<RevealField, string> = { phone: '电话', identity: '证件号码', email: '电子邮箱' };

const titles: ProblemWords = {
  'party.field_empty': (facts) => ({
    zh: `没有登记${revealFieldWords[facts.field as RevealField] ?? '这项信息'}`,
    en: 'Nothing is kept in this field',
  }),
};

const faults: ProblemWords = {
  has_letters: plain('应为电话号码，不能有文字或字母', 'a phone number has no letters'),
  too_few_digits: plain('电话号码位数不够：手机 11 位，固定电话带区号', 'too few digits for a phone number'),
  too_many_digits: plain('电话号码位数太多：手机 11 位，固定电话带区号', 'too many digits for a phone number'),
  not_a_phone: plain('应为电话号码：手机以 1 开头，固定电话以区号开头', 'not a phone number'),
  not_an_identity: plain('应为证件号码，例如 18 位身份证号', 'not an identity number'),
  not_an_email: plain('应为电子邮箱地址', 'not an e-mail address'),
  not_a_day: plain('应为日期，例如 2026-11-22', 'must be a day such as 2026-11-22'),
  not_here: plain('本小区没有这一项', 'there is none in this community'),
};

export const partyProblems = { titles, faults };
