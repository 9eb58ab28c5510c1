// Words of accounts and posts.
import { type ProblemWords, plain } from '../../kernel/words.ts';

const titles: ProblemWords = {
  'account.username_taken': plain('这个用户名已被使用', 'This user name is taken'),
  'account.not_oneself': plain('不能给自己授予岗位、停用自己或重设自己的密码', 'Not for oneself'),
  'account.not_a_butler': plain('只有管家可以划定责任区', 'Only butlers have an area'),
  'role.not_yours_to_grant': plain('您不能授予或收回这个岗位', 'This post is not yours to give or take'),
  'role.held_already': plain('该账号已有这个岗位', 'The account holds this post already'),
};

export const staffProblems = { titles };
