// Words 词 of notification channels 通知渠道: kinds, groups, how a delivery ended, the settings page.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { ChannelGroup, ChannelKind, Delivery } from './channel.contract.ts';

export const channelKindWords: Record<ChannelKind, string> = {
  mail: '邮件',
  wecom: '企业微信群机器人',
  webhook: '接口通知（Webhook）',
};

export const channelGroupWords: Record<ChannelGroup, { name: string; hint: string }> = {
  out: { name: '对外通知', hint: '服务标准里规定要发到外部的：派工、超时、逐级上报' },
  loud: { name: '强提醒', hint: '应用里响铃、要点“收到”的消息' },
  quiet: { name: '普通提醒', hint: '应用里只亮铃铛的消息，量大，一般不用' },
};

export const mailSecurityWords = {
  tls: 'TLS（常用端口 465）',
  starttls: 'STARTTLS（常用端口 587）',
} as const;
export const plainSecurityWord = { none: '不加密（只供测试）' } as const;

export const deliveryStateWords: Record<Delivery['state'], string> = {
  waiting: '待发',
  sent: '已发出',
  failed: '未能发出',
  dropped: '不再发送',
};

/** Why an attempt failed, and what to do. */
export const deliveryFaultWords: Record<string, string> = {
  name_unknown: '找不到这个主机名，请核对主机或网络',
  address_not_allowed: '主机指向内网或本机地址，已拒绝',
  host_not_allowed: '主机不在允许的名单里',
  not_encrypted: '对方不支持加密连接，已拒绝',
  not_reached: '连不上对方服务器',
  timed_out: '对方没有在限定时间内回应',
  bad_certificate: '对方的证书不可信或与主机名不符',
  redirected: '对方要求转到别的地址，已拒绝',
  answer_too_large: '对方的回应过大，已中断',
  sign_in_refused: '对方不接受账号、密码或密钥',
  recipient_refused: '对方不接受这个收件地址',
  message_refused: '对方不接受这条消息',
  busy: '对方暂时忙，稍后再试',
  bad_answer: '对方的回应不对，请核对地址',
  destination_gone: '收件地址已经删除',
  too_late: '等待过久，已不再尝试',
  channel_off: '渠道已停用',
  demo_history: '演示数据，未发送',
  fault: '系统故障，请看日志',
};

export const channelProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'channel.host_not_allowed': (facts) => ({
      zh: `主机 ${String(facts.host ?? '')} 不在允许的名单里，请先加入名单`,
      en: 'the host is not on the list of allowed ones',
    }),
    'channel.host_in_use': (facts) => ({
      zh: `启用中的渠道还在用 ${String(facts.host ?? '')}，请先停用它`,
      en: 'a channel that is switched on uses this host',
    }),
    'channel.delivery_over': plain('这条消息现在不能这样处理，请刷新后再看', 'not possible in this state'),
  },
  faults: {
    not_a_host: plain('只填主机名，例如 smtp.example.cn，不带 https:// 和端口', 'a host name only'),
    not_a_mail: plain('邮箱地址格式不对', 'not a mail address'),
    not_a_url: plain('请填完整地址，以 https:// 开头', 'a whole address is needed'),
    not_encrypted: plain('必须加密：用 https:// 或 TLS', 'encryption is needed'),
    secret_again: plain('服务器或账号改了，请重新填密码', 'the password must be entered for the new server'),
    twice: plain('有重复', 'stands twice'),
    fixed: plain('类型不能改，请另建一个渠道', 'the kind cannot change'),
  },
};

export const channelFieldWords: Record<string, string> = {
  host: '主机',
  port: '端口',
  security: '加密方式',
  username: '账号',
  password: '密码',
  from: '发件地址',
  address: '收件地址',
  url: '地址',
  signingKey: '签名密钥',
  groups: '发哪些消息',
  allowedHosts: '允许的主机',
  linkBase: '访问地址',
  destinations: '收件地址',
};

export const channelPageWords = {
  title: '通知渠道',
  lead: '把通知发到应用以外：邮件、企业微信群、其他系统。消息只写单号、时限和时间，不写姓名、电话和内容；点链接登录后才能看详情。',
  quietHours: '夜里（服务标准的免打扰时段）：一般事项和按天计的时限等到早上再发，紧急、重大和没有事项的强提醒照发。',
  create: '新建渠道',
  none: '还没有通知渠道',
  noneText: '先在下面把邮件服务器或 qyapi.weixin.qq.com 加入允许的主机，再新建渠道、发测试、启用。',
  on: '启用',
  off: '停用',
  isOn: '已启用',
  isOff: '未启用',
  switchOnOf: (name: string) => `启用“${name}”`,
  switchOffOf: (name: string) => `停用“${name}”`,
  test: '发测试',
  testOf: (name: string) => `给“${name}”发测试消息`,
  testing: '正在发…',
  testGood: (name: string, count: number) =>
    count > 1 ? `“${name}”的 ${count} 个地址都已收下测试消息。` : `“${name}”已收下测试消息。`,
  testBad: (name: string, why: string) => `“${name}”的测试没有成功：${why}。`,
  edit: '修改',
  editOf: (name: string) => `修改“${name}”`,
  remove: '删除',
  removeOf: (name: string) => `删除“${name}”`,
  removeTitle: (name: string) => `删除“${name}”？`,
  removeText: '密钥一并删除，还没发出的消息不再发。已发的记录保留。',
  hostClosed: '主机不在允许的名单里，消息发不出去',
  resting: (at: string, why: string) => `${why}；${at} 再试`,
  lastSent: (at: string) => `上次发出 ${at}`,
  neverSent: '还没有发过',
  waiting: (count: number) => `${count} 条待发`,
  failed: (count: number) => `${count} 条未能发出`,
  goes: '发',
  to: '到',
  addresses: (count: number) => `${count} 个地址`,
  form: {
    create: '新建通知渠道',
    edit: '修改通知渠道',
    kind: '类型',
    name: '名称',
    nameHint: '例如：客服部值班群',
    groups: '发哪些消息',
    host: '邮件服务器',
    port: '端口',
    security: '加密方式',
    username: '账号',
    usernameHint: '不用登录的服务器留空',
    password: '密码或授权码',
    kept: '已保存，留空则不变',
    from: '发件地址',
    destinations: '收件地址',
    address: '邮箱',
    addressOf: (line: number) => `第 ${line} 行邮箱`,
    person: '本人',
    personOf: (line: number) => `第 ${line} 行是谁的邮箱`,
    everybody: '公用邮箱，收全部',
    add: '加一个地址',
    removeLine: (line: number) => `删除第 ${line} 行`,
    robotUrl: '机器人的 Webhook 地址',
    robotHint: '在企业微信群里添加群机器人后复制，含有密钥，保存后不再显示',
    url: '接收地址',
    urlHint: '以 https:// 开头；保存后只显示主机',
    signingKey: '签名密钥',
    signingHint: '至少 24 个字符，接收方用它核对签名；保存后不再显示',
    makeKey: '生成一个',
    submit: '保存',
  },
  settings: {
    title: '允许的主机和访问地址',
    hosts: '允许的主机',
    hostsHint: '一行一个，只写主机名。消息只发到这里列出的主机，并且不发往内网和本机地址。',
    linkBase: '访问地址',
    linkHint: '大家打开管家的地址，例如 https://guanjia.example.cn；填了消息里才有链接。',
    save: '保存',
    saved: '已保存。',
    weixin: '加入企业微信',
  },
  deliveries: {
    title: '发送记录',
    all: '全部',
    none: '没有符合条件的记录',
    columns: { at: '时间', channel: '渠道', message: '消息', state: '结果', attempts: '次数', act: '操作' },
    gone: '已删除的渠道',
    retry: '再发',
    drop: '不再发',
    more: '更早的',
    nextAt: (at: string) => `${at} 再试`,
    filter: '按结果',
  },
};
