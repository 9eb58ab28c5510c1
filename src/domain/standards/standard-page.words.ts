// The service standard 服务标准 as a readable list: every figure in words, section by section, with its source.
import type { Role } from '../access/role.contract.ts';
import {
  chargePartyWords,
  escalationRoleWords,
  ladderTargetWords,
  limitInWords,
  pauseReasonWords,
} from '../clocks/clock.words.ts';
import { approvalKinds, type ClockRule, moneyAlarmKinds, type StandardDocument } from './standard.contract.ts';
import {
  approvalNames,
  clockLimitInWords,
  clockRowInWords,
  emergencyCategoryWords,
  figureWords,
  moneyAlarmNames,
  sectionWords,
  sourceInWords,
  variantInWords,
} from './standard.words.ts';

export const standardPageWords = {
  title: '服务标准',
  inForce: (day: string) => `${day} 起执行`,
  states: {
    draft: '草稿',
    submitted: '待批准',
    approved: '已批准',
    'in-force': '执行中',
    replaced: '已被替换',
    dropped: '已放弃',
  } as Record<string, string>,
  search: '查找条款、数字、出处',
  versions: '版本',
  version: (version: number) => `第 ${version} 版`,
  current: '现行版本',
  print: '打印',
  ours: '本系统设定',
  oursOnly: '只看本系统设定',
  legend: '出处写明手册和条款；标“本系统设定”的数字手册里没有，由本系统给出，可以由总经理改定。',
  sections: '目录',
  head: { name: '条款', value: '标准', source: '出处' },
  clockHead: { owner: '责任', starts: '起算', stops: '停止', ladder: '上报' },
  nothingFound: '没有符合的条款',
  counted: (count: number) => `${count} 条`,
  addedKeys: (count: number) => `其中 ${count} 项随新版本加入，按预设执行`,
} as const;

const ladderNames: Record<string, string> = { minutes: '分钟级', hours: '小时级', days: '天级' };
const channelNames: Record<string, string> = { bell: '站内提醒', loud: '响铃并须确认', out: '短信邮件等' };
const roleWord = (role: Role): string =>
  ({ cook: '厨工', auditor: '内审员' })[role as string] ?? escalationRoleWords[role] ?? role;
const departmentNames: Record<string, string> = {
  'customer-service': '客服部',
  engineering: '工程部',
  order: '秩序部',
  environment: '环境部',
  finance: '财务部',
  hr: '人事行政部',
};
const factNames: Record<string, string> = {
  report: '来报',
  logged: '登记完成',
  'logged-or-dispatched': '登记或派工',
  'accepted-or-acknowledged': '接单或确认收到',
  'logged-under-warranty': '维保期内登记完成',
  'message-delivered-or-call-noted': '消息送达或记录通话',
  'logged-unlisted': '价目表外登记完成',
  'quoted-or-not-feasible': '报价或告知不可行',
  arrive: '到场',
  accept: '接单',
  agree: '客户同意',
  appointment: '预约时间',
  finish: '完工',
  pause: '暂停',
  resume: '恢复',
  'return-voucher': '回单',
  promised: '答应回电',
  'outgoing-call': '去电',
  'hand-back': '退单',
  left: '留言',
  acknowledged: '已阅',
  'read-and-acknowledged': '已阅并确认',
  'first-save': '首次保存',
  save: '首次保存',
  'taken-over': '接手',
  rise: '升级',
  resolve: '处理完毕',
  respond: '答复客户',
  'tell-customer': '告知客户',
  wait: '设定下次答复',
  record: '回访记录',
  review: '审阅',
  end: '结束',
  done: '完成',
  'half-way-or-end': '过半或结束',
  'step-opened': '进入该步',
  decision: '作出决定',
  answered: '已答复',
};
const fact = (code: string): string => factNames[code] ?? code.replaceAll('-', ' ');

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
const yesNo = (isOn: boolean): string => (isOn ? '是' : '否');
const yuan = (fen: number): string => `${(fen / 100).toLocaleString('zh-CN')} 元`;
const spans = (intervals: readonly (readonly string[])[]): string =>
  intervals.map((one) => (one[0] === '00:00' && one[1] === '24:00' ? '全天 24 小时' : one.join('–'))).join('，');

const questionNames: Record<string, string> = {
  quality: '维修质量',
  effect: '效果',
  satisfaction: '满意度',
  lacking: '不足',
  suggestions: '建议',
};
const copyNames: Record<string, string> = { stub: '存根', repair: '维修', customer: '客户' };
const requiredNames: Record<string, string> = { agreedAt: '约定完成时间', appointmentAt: '预约上门时间' };
const collectionNames: Record<string, string> = { department: '部门', post: '岗位', 'all-fees': '全部费用' };

export type StandardRow = { name: string; value: string; source: string; isOurs: boolean; facts?: ClockFacts };
export type ClockFacts = { owner: string; starts: string; stops: string; ladder: string };
export type StandardSection = { code: string; name: string; rows: StandardRow[] };
type Source = ClockRule['source'];

const rowOf = (name: string, value: string, source: Source): StandardRow => ({
  name,
  value,
  source: sourceInWords(source),
  isOurs: source.ours,
});
const figure = (path: string, value: string, source: Source): StandardRow =>
  rowOf(figureWords[path] ?? path, value, source);

/** All sections of a version; a figure that is in the document is in here. */
export function standardSections(document: StandardDocument): StandardSection[] {
  const { hours, desk, repair, complaint, emergency, followUp, indicators, money, quietHours, offline, approvals } =
    document;
  const section = (code: keyof typeof sectionWords, rows: StandardRow[]): StandardSection => ({
    code,
    name: sectionWords[code],
    rows,
  });
  const { sameDay } = hours;
  const { critical, major, serious } = complaint.thresholds;
  const sameEvent = complaint.sameEvent.value;
  return [
    section(
      'principles',
      document.principles.map((one, index) => rowOf(`${index + 1}`, one.text, one.source)),
    ),
    section('hours', [
      figure('hours.desk', spans(hours.desk), hours.source),
      figure(
        'hours.sameDay',
        `${sameDay.endsAt} 截止；${sameDay.lateAfter} 以后起算的，次日 ${sameDay.nextDayAt}`,
        hours.source,
      ),
      figure('hours.line', spans(hours.line.value), hours.line.source),
      figure(
        'hours.dutyPost',
        `夜间 ${roleWord(hours.dutyPost.value.night)}，午间 ${roleWord(hours.dutyPost.value.noon)}，节假日 ${roleWord(hours.dutyPost.value.holidays)}`,
        hours.dutyPost.source,
      ),
      figure('quietHours', `${quietHours.from}–${quietHours.to}，紧急与重大的照常通知`, quietHours.source),
      figure(
        'offline.reportedWithinHours',
        `${offline.reportedWithinHours.value} 小时内`,
        offline.reportedWithinHours.source,
      ),
      figure(
        'offline.clockAheadMinutes',
        `${offline.clockAheadMinutes.value} 分钟以内`,
        offline.clockAheadMinutes.source,
      ),
    ]),
    section('desk', [
      figure('desk.rings', `${desk.rings.value.min}–${desk.rings.value.max} 声`, desk.rings.source),
      figure('desk.ringSeconds', `${desk.ringSeconds.value} 秒一声`, desk.ringSeconds.source),
      figure('desk.greeting', `“${desk.greeting.value}”`, desk.greeting.source),
      figure('desk.language', desk.language.value, desk.language.source),
    ]),
    section(
      'clocks',
      document.clocks.map((rule) => ({
        ...rowOf(clockRowInWords(rule), clockLimitInWords(rule), rule.source),
        facts: {
          owner: rule.owner.map(roleWord).join('、'),
          starts: fact(rule.startsFrom),
          stops: fact(rule.stopsOn),
          ladder: rule.limit === null ? '' : (ladderNames[rule.ladder] ?? rule.ladder),
        },
      })),
    ),
    section(
      'ladders',
      Object.entries(document.ladders).flatMap(([ladder, steps]) =>
        steps.map((step) =>
          rowOf(
            `${ladderNames[ladder] ?? ladder} · ${whenInWords(step.when)}`,
            `通知${step.tell.map(ladderTargetWords).join('、')}（${step.channels.map((one) => channelNames[one] ?? one).join('、')}${
              step.acknowledgeWithinMinutes === undefined ? '' : `，${step.acknowledgeWithinMinutes} 分钟内确认`
            }）`,
            step.source,
          ),
        ),
      ),
    ),
    section(
      'reportingLine',
      Object.entries(document.reportingLine).map(([role, superior]) =>
        rowOf(roleWord(role as Role), superior === undefined ? '' : roleWord(superior), document.reportingLineSource),
      ),
    ),
    section(
      'heads',
      Object.entries(document.heads).map(([department, role]) =>
        rowOf(departmentNames[department] ?? department, roleWord(role), document.reportingLineSource),
      ),
    ),
    section('repair', [
      ...repair.categories.map((one) =>
        rowOf(
          `${figureWords['repair.categories']} · ${one.name}`,
          `${departmentNames[one.department] ?? one.department}${one.photosAtFinish ? '，完工须附照片' : ''}`,
          { rule: 'RP1', ours: true },
        ),
      ),
      figure(
        'repair.repeatedFault',
        `${repair.repeatedFault.value.days} 天内 ${repair.repeatedFault.value.count} 次及以上`,
        repair.repeatedFault.source,
      ),
      figure('repair.reworkWithinDays', `${repair.reworkWithinDays.value} 天`, repair.reworkWithinDays.source),
      ...Object.entries(repair.requiredBeforeDispatch.value).map(([urgency, required]) =>
        rowOf(
          `${figureWords['repair.requiredBeforeDispatch']} · ${variantInWords(urgency)}`,
          required.length === 0 ? '无' : required.map((one) => requiredNames[one] ?? one).join('、'),
          repair.requiredBeforeDispatch.source,
        ),
      ),
      figure(
        'repair.priceList',
        `${repair.priceList.value.published ? '公示' : '不公示'}；表外项目由责任部门负责人判断${repair.priceList.value.consentNeeded ? '，经客户同意后施工' : ''}`,
        repair.priceList.source,
      ),
      figure('repair.priceToldBefore', yesNo(repair.priceToldBefore.value), repair.priceToldBefore.source),
      figure(
        'repair.orderCopies',
        repair.orderCopies.value.map((one) => copyNames[one] ?? one).join('、'),
        repair.orderCopies.source,
      ),
      figure('repair.reclassNeedsReason', yesNo(repair.reclassNeedsReason.value), repair.reclassNeedsReason.source),
      figure('repair.moneyTakenBy', repair.moneyTakenBy.value.map(roleWord).join('、'), repair.moneyTakenBy.source),
      figure('repair.loadShownToDesk', yesNo(repair.loadShownToDesk.value), repair.loadShownToDesk.source),
      ...Object.entries(repair.pauses).map(([reason, rule]) =>
        rowOf(
          `暂停 · ${pauseReasonWords[reason] ?? reason}`,
          [
            rule.pausesComplete ? '完成时限暂停' : '完成时限照走',
            `最长 ${rule.maxWorkingDays} 个工作日`,
            `计入${chargePartyWords[rule.chargedTo]}`,
            ...(rule.needsConsent ? ['须客户同意'] : []),
            ...(rule.needsEvidence ? ['须通话记录或照片'] : []),
          ].join('，'),
          rule.source,
        ),
      ),
      figure(
        'repair.targets.timeliness',
        `不低于 ${percent(repair.targets.timeliness.value)}`,
        repair.targets.timeliness.source,
      ),
      figure(
        'repair.targets.rework',
        repair.targets.rework.value === null ? '未规定' : `不高于 ${percent(repair.targets.rework.value)}`,
        repair.targets.rework.source,
      ),
      figure(
        'repair.targets.minorPassedAtFirst',
        repair.targets.minorPassedAtFirst.value === null
          ? '未规定'
          : `不低于 ${percent(repair.targets.minorPassedAtFirst.value)}`,
        repair.targets.minorPassedAtFirst.source,
      ),
    ]),
    section('emergency', emergencyRows(emergency)),
    section('complaint', [
      figure(
        'complaint.thresholds.critical',
        `损失 ${yuan(critical.value.lossFen)} 以上，或 ${critical.value.people} 人以上，或死亡 ${critical.value.deaths} 人以上`,
        critical.source,
      ),
      figure(
        'complaint.thresholds.major',
        `损失 ${yuan(major.value.lossFen)} 以上，或承诺事项反复提出 ${major.value.promisedRaisings} 次${major.value.graveInjury ? '，或重伤' : ''}，或媒体连续报道 ${major.value.mediaDays} 天、${major.value.mediaOutlets} 家`,
        major.source,
      ),
      figure(
        'complaint.thresholds.serious',
        `损失 ${yuan(serious.value.lossFen)} 以上，或反复提出 ${serious.value.raisings} 次${serious.value.slightInjury ? '，或轻伤' : ''}，或媒体报道 ${serious.value.mediaReports} 次`,
        serious.source,
      ),
      figure(
        'complaint.unpromisedRaisingsStay',
        variantInWords(complaint.unpromisedRaisingsStay.value),
        complaint.unpromisedRaisingsStay.source,
      ),
      figure(
        'complaint.mishandledRaisesBy',
        `${complaint.mishandledRaisesBy.value} 级`,
        complaint.mishandledRaisesBy.source,
      ),
      figure(
        'complaint.raiseAtEachFailures',
        complaint.raiseAtEachFailures.value === null ? '关闭' : `每 ${complaint.raiseAtEachFailures.value} 次升一级`,
        complaint.raiseAtEachFailures.source,
      ),
      figure('complaint.reopenWithinDays', `${complaint.reopenWithinDays.value} 天`, complaint.reopenWithinDays.source),
      figure('complaint.repeatMinutes', `${complaint.repeatMinutes.value} 分钟`, complaint.repeatMinutes.source),
      figure(
        'complaint.reasonAndReplyAtIntake',
        complaint.reasonAndReplyAtIntake.value.map(variantInWords).join('、') || '无',
        complaint.reasonAndReplyAtIntake.source,
      ),
      figure('complaint.handledTarget', percent(complaint.handledTarget.value), complaint.handledTarget.source),
      figure('complaint.answeredTarget', percent(complaint.answeredTarget.value), complaint.answeredTarget.source),
      figure('complaint.validBelow', `低于 ${percent(complaint.validBelow.value)}`, complaint.validBelow.source),
      ...Object.entries(complaint.closedBy.value).map(([severity, role]) =>
        rowOf(
          `${figureWords['complaint.closedBy']} · ${variantInWords(severity)}`,
          roleWord(role),
          complaint.closedBy.source,
        ),
      ),
      figure(
        'complaint.sameEvent',
        `${sameEvent.withinHours} 小时内，楼栋 ${sameEvent.buildingPoints} 分、地点 ${sameEvent.placePoints} 分、投诉对象 ${sameEvent.againstPoints} 分、用词 ${sameEvent.wordPoints} 分（相近度满 ${sameEvent.fullWordsAt} 给足），时间最远时减去 ${percent(sameEvent.farShare)}；满 ${sameEvent.proposeAtPoints} 分即提示，最多 ${sameEvent.atMost} 件`,
        complaint.sameEvent.source,
      ),
      figure(
        'complaint.monthlyExportDay',
        `每月 ${complaint.monthlyExportDay.value} 日`,
        complaint.monthlyExportDay.source,
      ),
    ]),
    section(
      'followUps',
      document.followUps.map((one) =>
        rowOf(
          variantInWords(one.what),
          [
            one.due === null ? '不设时限' : limitInWords(one.due),
            ...(one.wished === undefined ? [] : [`期望 ${limitInWords(one.wished)}`]),
            one.share === null ? '比例由经理定' : `比例 ${percent(one.share)}`,
            `自${fact(one.startsFrom)}起`,
            one.channel === 'in-person' ? '上门' : '电话',
            ...(one.signature ? ['客户签字'] : []),
            ...(one.callers.length > 0 ? [`由${one.callers.map(roleWord).join('、')}回访`] : []),
            ...(one.answersFor === null ? [] : [`${roleWord(one.answersFor)}负责`]),
          ].join('，'),
          one.source,
        ),
      ),
    ),
    section('followUp', [
      figure('followUp.samplingRoom', percent(followUp.samplingRoom.value), followUp.samplingRoom.source),
      figure('followUp.sampleOfEach', `每 ${followUp.sampleOfEach.value} 件一组`, followUp.sampleOfEach.source),
      figure(
        'followUp.questions',
        followUp.questions.value.map((one) => questionNames[one] ?? one).join('、'),
        followUp.questions.source,
      ),
      figure('followUp.satisfactionSteps', `${followUp.satisfactionSteps.value} 级`, followUp.satisfactionSteps.source),
      figure(
        'followUp.notReached',
        `${followUp.notReached.value.days} 天内 ${followUp.notReached.value.tries} 次${followUp.notReached.value.atDoor > 0 ? `，其中上门 ${followUp.notReached.value.atDoor} 次` : ''}`,
        followUp.notReached.source,
      ),
      ...(['doorVisitUnfinished', 'doorVisitNotDone'] as const).map((one) =>
        figure(
          `followUp.${one}`,
          followUp[one].value.on ? `${followUp[one].value.afterDays} 天后` : '关闭',
          followUp[one].source,
        ),
      ),
      figure(
        'followUp.reviewedBy',
        followUp.reviewedBy.value === 'per-record' ? '逐条审阅' : '每周集中审阅',
        followUp.reviewedBy.source,
      ),
      figure(
        'followUp.notAcceptableTells',
        followUp.notAcceptableTells.value.map(roleWord).join('、'),
        followUp.notAcceptableTells.source,
      ),
      ...(['sameComplaintRunning', 'sameRepair'] as const).map((one) =>
        figure(
          `followUp.${one}`,
          `${followUp[one].value.days} 天内 ${followUp[one].value.count} 次及以上`,
          followUp[one].source,
        ),
      ),
      figure('followUp.exportByDay', `次月 ${followUp.exportByDay.value} 日前`, followUp.exportByDay.source),
      figure('followUp.keptYears', `${followUp.keptYears.value} 年`, followUp.keptYears.source),
      figure(
        'followUp.householdVisits',
        `每人每月 ${followUp.householdVisits.value.perPersonPerMonth} 户，${followUp.householdVisits.value.roles.map(roleWord).join('、')}${followUp.householdVisits.value.interviews ? '；含访谈' : ''}`,
        followUp.householdVisits.source,
      ),
      figure(
        'followUp.visitWarning',
        `月底前 ${followUp.visitWarning.value.daysBeforeMonthEnd.join('、')} 天`,
        followUp.visitWarning.source,
      ),
      figure(
        'followUp.improvementWarning',
        `完成日前 ${followUp.improvementWarning.value.daysBefore} 天`,
        followUp.improvementWarning.source,
      ),
      figure(
        'followUp.surveyScale',
        `五级中的 ${followUp.surveyScale.value.satisfiedFrom} 级及以上`,
        followUp.surveyScale.source,
      ),
      figure(
        'followUp.survey',
        `每 ${followUp.survey.value.everyMonths} 个月一次，满意率不低于 ${percent(followUp.survey.value.satisfiedRate)}，满意指数 ${followUp.survey.value.index}`,
        followUp.survey.source,
      ),
    ]),
    section('money', moneyRows(money)),
    section('indicators', [
      figure(
        'indicators.monthCheckedByDay',
        `次月 ${indicators.monthCheckedByDay.value} 日前`,
        indicators.monthCheckedByDay.source,
      ),
      figure(
        'indicators.collectionRate',
        indicators.collectionRate.value
          .map((one) => `${collectionNames[one.level] ?? one.level} ${percent(one.share)}`)
          .join('，'),
        indicators.collectionRate.source,
      ),
    ]),
    section(
      'approvals',
      approvalKinds.map((kind) => {
        const { steps, termCalendarDays } = approvals[kind];
        return rowOf(
          approvalNames[kind],
          `${steps.value.map(roleWord).join(' → ')}；${termCalendarDays.value} 天内没有结果即失效`,
          steps.source,
        );
      }),
    ),
  ];
}

function emergencyRows(emergency: StandardDocument['emergency']): StandardRow[] {
  const {
    cards,
    told,
    repeats,
    repeatMinutes,
    takenOverBy,
    reviewedBy,
    reopenWithinDays,
    notedWithinHours,
    keptYears,
  } = emergency;
  const byLevel = (each: Readonly<Record<string, Role | readonly Role[]>>) =>
    Object.entries(each)
      .map(([level, roles]) => `${variantInWords(level)}：${[roles].flat().map(roleWord).join('、')}`)
      .join('；');
  return [
    ...cards.map((card) =>
      rowOf(
        `${figureWords['emergency.cards']} · ${emergencyCategoryWords[card.code]}`,
        [
          `至少${variantInWords(card.levelAtLeast)}，${departmentNames[card.department]}`,
          ...card.steps.map((step, index) => `${index + 1}. ${step}`),
          ...(card.phones.length > 0 ? [card.phones.map((one) => `${one.name} ${one.number}`).join('、')] : []),
        ].join('；'),
        card.source,
      ),
    ),
    figure('emergency.told', byLevel(told.value), told.source),
    figure('emergency.repeats', repeats.value.map(variantInWords).join('、') || '无', repeats.source),
    figure('emergency.repeatMinutes', `${repeatMinutes.value} 分钟`, repeatMinutes.source),
    figure('emergency.takenOverBy', byLevel(takenOverBy.value), takenOverBy.source),
    figure('emergency.reviewedBy', byLevel(reviewedBy.value), reviewedBy.source),
    figure('emergency.reopenWithinDays', `${reopenWithinDays.value} 天`, reopenWithinDays.source),
    figure('emergency.notedWithinHours', `${notedWithinHours.value} 小时`, notedWithinHours.source),
    figure('emergency.keptYears', `${keptYears.value} 年`, keptYears.source),
  ];
}

const waiverApprovers = { 'developer-leader': '开发商负责人', general_manager: '总经理' } as const;

function moneyRows(money: StandardDocument['money']): StandardRow[] {
  const { lateFee, billingFarPercent, readings, collectors, receiptBooks, cashCutoff, cashFaces } = money;
  const collectorNames: Record<string, string> = { repair: '维修费', service: '特约服务费', other: '其他费用' };
  return [
    figure(
      'money.lateFee',
      `到期 ${lateFee.value.graceDays} 天后，每天按未付金额的 ${lateFee.value.dailyPerMillion / 10_000}%，最多为应收的 ${lateFee.value.capPercent}%`,
      lateFee.source,
    ),
    figure('money.billingFarPercent', `${billingFarPercent.value}% 及以上`, billingFarPercent.source),
    figure(
      'money.readings',
      `日均用量达到平时的 ${readings.value.farTimes} 倍，或不到平时的 ${readings.value.farTimes} 分之一时提示；每天不超过 ${readings.value.littleThousandths / 1000} 时不提示`,
      readings.source,
    ),
    figure(
      'money.collectors',
      Object.entries(collectors.value)
        .map(([kind, roles]) => `${collectorNames[kind] ?? kind}：${roles.map(roleWord).join('、')}`)
        .join('；'),
      collectors.source,
    ),
    figure(
      'money.receiptBooks',
      `每本最多 ${receiptBooks.value.mostNumbers} 张，每人手中最多 ${receiptBooks.value.mostBooksInHand} 本`,
      receiptBooks.source,
    ),
    figure(
      'money.cashCutoff',
      cashCutoff.value === null ? '当日收款当日上交' : `${cashCutoff.value}，之后的收款列入下一次日结`,
      cashCutoff.source,
    ),
    figure('money.doorstepHandIn', limitInWords(money.doorstepHandIn.value), money.doorstepHandIn.source),
    figure(
      'money.cashLimits',
      `收银员手上 ${money.cashLimits.value.drawerFen / 100} 元，上门收取 ${money.cashLimits.value.carriedFen / 100} 元，超过即报警`,
      money.cashLimits.source,
    ),
    figure('money.handInBy', `${money.handInBy.value} 没有财务签收即报警`, money.handInBy.source),
    figure('money.bookRunningOut', `余 ${money.bookRunningOut.value} 张及以下`, money.bookRunningOut.source),
    figure(
      'money.alarmTold',
      moneyAlarmKinds
        .map((kind) => `${moneyAlarmNames[kind]}：${(money.alarmTold.value[kind] ?? []).map(roleWord).join('、')}`)
        .join('；'),
      money.alarmTold.source,
    ),
    figure('money.cashFaces', cashFaces.value.map((fen) => `${fen / 100} 元`).join('、'), cashFaces.source),
    figure(
      'money.waiverApprovedBy',
      money.waiverApprovedBy.value.map((who) => waiverApprovers[who]).join('或'),
      money.waiverApprovedBy.source,
    ),
  ];
}

function whenInWords(when: StandardDocument['ladders']['minutes'][number]['when']): string {
  if ('percent' in when) return `用时到 ${when.percent} %`;
  if ('lastDayAt' in when) return `最后一天 ${when.lastDayAt}`;
  if ('afterWorkingDays' in when)
    return when.afterWorkingDays === 0 ? '到点' : `超时 ${when.afterWorkingDays} 个工作日`;
  if (when.afterMinutes === 0) return '到点';
  return when.afterMinutes % 60 === 0 ? `超时 ${when.afterMinutes / 60} 小时` : `超时 ${when.afterMinutes} 分钟`;
}
