// Words of what every route can answer, and of signing in.
import { type ProblemWords, plain } from '../../kernel/words.ts';

const titles: ProblemWords = {
  bad_input: plain('填写的内容有误，请按提示修改', 'Some fields need another look'),
  unauthenticated: plain('请先登录', 'Sign in first'),
  forbidden: (facts) =>
    facts.reason === 'csrf'
      ? { zh: '页面已过期，请刷新后重试', en: 'The page is out of date: reload and try again' }
      : { zh: '您没有这项操作的权限', en: 'You may not do this' },
  not_found: plain('没有找到，或不在您的管理范围内', 'Not found, or not within your scope'),
  stale_version: plain(
    '别人刚改过这条记录，请看一眼最新内容再操作',
    'Somebody changed this meanwhile: look at it again first',
  ),
  idempotency_mismatch: plain(
    '同一个请求编号已用于另一份内容，请重新提交',
    'This Idempotency-Key was used with another body',
  ),
  key_required: plain('缺少请求编号（Idempotency-Key）', 'An Idempotency-Key is required'),
  bad_json: plain('请求格式有误', 'The body is not valid JSON'),
  too_large: plain('文件或内容太大', 'The body or file is too large'),
  unsupported_type: plain('不支持这种文件或内容类型', 'This type is not supported'),
  too_many_requests: (facts) => {
    const seconds = Number(facts.retryAfterSeconds ?? 60);
    const wait = seconds >= 60 ? `${Math.ceil(seconds / 60)} 分钟` : `${seconds} 秒`;
    return { zh: `尝试次数太多，请 ${wait}后再试`, en: `Too many tries: wait ${seconds} seconds` };
  },
  overloaded: plain('系统正忙，请稍后再试，填写的内容不会丢失', 'Busy: try again in a moment'),
  not_ready: plain('系统正在启动，请稍候', 'Starting up: try again in a moment'),
  fault: plain(
    '系统出错了，已记录。请重试；仍不行请把编号告诉管理员',
    'Something broke on our side; it has been logged',
  ),
  'session.wrong_credentials': plain('用户名或密码不正确', 'Wrong user name or password'),
  'session.wrong_code': plain('验证码不正确或已用过', 'Wrong or already used code'),
  'session.second_factor_is_on': plain('两步验证已经启用', 'The second factor is on already'),
  'session.second_factor_not_begun': plain('请先扫码取得密钥', 'Begin by obtaining a key'),
  second_factor_required: plain('请输入两步验证码', 'A second factor is required'),
  password_change_required: plain('请先把密码换成只有您知道的', 'Change the password first'),
  second_factor_setup_required: plain('首次登录请先设置两步验证', 'Set up the second factor first'),
  'setup.wrong_secret': plain('启动密钥不正确，请从终端窗口重新复制', 'Wrong setup secret'),
  'clock.not_movable': plain(
    '只有以测试时钟启动的演示数据可以拨动时间',
    'Only a demo started with a test clock can be moved',
  ),
  'clock.forward_only': plain('时间只能往前拨', 'Time only moves forward'),
};

const number = (value: unknown): string =>
  typeof value === 'number' ? value.toLocaleString('zh-CN') : String(value ?? '');

const faults: ProblemWords = {
  required: plain('必填', 'required'),
  unknown_field: plain('没有这个字段', 'unknown field'),
  wrong_type: plain('类型不对', 'wrong type'),
  invalid: plain('内容有误', 'invalid'),
  wrong_format: plain('格式不对', 'wrong format'),
  not_one_of: (facts) => {
    const values = Array.isArray(facts.values) ? facts.values.slice(0, 12).join('、') : '';
    return { zh: `只能是：${values}`, en: `must be one of: ${values}` };
  },
  too_short: (facts) => ({
    zh: `至少 ${number(facts.minimum)} 个字`,
    en: `at least ${number(facts.minimum)} characters`,
  }),
  day_twice: plain('这一天写了两次', 'named twice'),
  other_year: plain('不是这一年的日期', 'not a day of this year'),
  not_a_weekend: plain('调休上班日应是周六或周日', 'a moved workday is a Saturday or Sunday'),
  too_common: plain('太常见，容易被猜到', 'too common, easily guessed'),
  contains_name: plain('不要包含账号或姓名', 'must not contain the username or name'),
  same_as_before: plain('不能与现在的相同', 'must differ from the current one'),
  too_long: (facts) => ({
    zh: `最多 ${number(facts.maximum)} 个字`,
    en: `at most ${number(facts.maximum)} characters`,
  }),
  too_small: (facts) => ({ zh: `不能小于 ${number(facts.minimum)}`, en: `not below ${number(facts.minimum)}` }),
  too_large: (facts) => ({ zh: `不能大于 ${number(facts.maximum)}`, en: `not above ${number(facts.maximum)}` }),
  not_a_cursor: plain('翻页位置无效，请从第一页看起', 'not a cursor of ours'),
};

export const accessProblems = { titles, faults };
