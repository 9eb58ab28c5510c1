// The month's analysis 回访月度分析 (FU5): rates with what they are made of, each opened to its cases; what failed and what
// comes again and again. On paper it is one report in A4.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { addressOf, call } from '../../../ui/call.ts';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { followUpSubjectWords, shareOutlookWords, stepWords } from '../follow-up.words.ts';
import { followUpAnalysisRoutes, type MonthAnalysis } from '../follow-up-analysis.contract.ts';
import { followUpListWords, percent, monthWords as words } from '../follow-up-page.words.ts';
import { isMonth, monthCodecs, plusMonths } from './monthAddress.ts';
import { MonthHandOver, MonthSignatures } from './parts/MonthHandOver.tsx';
import { FailedTable, RepeatedTable } from './parts/MonthTables.tsx';
import { RateTable, ShownCases } from './parts/RateTable.tsx';
import '../../cases/screens/parts/board.css';
import './parts/follow-ups.css';
import './parts/month.css';

export function FollowUpMonthScreen() {
  const community = useCommunity();
  const params = { communityId: community.id };
  const [address, setAddress] = useAddressState(monthCodecs);
  const thisMonth = dayOf(serverNow()).slice(0, 7);
  const month = isMonth(address.month) ? address.month : thisMonth;
  const analysis = useQuery({
    queryKey: ['follow-up', community.id, 'month', month],
    queryFn: ({ signal }) => call(followUpAnalysisRoutes.readFollowUpMonth, { params, query: { month }, signal }),
    placeholderData: keepPreviousData,
  });
  const go = (next: string) => setAddress({ month: next, show: '' });
  return (
    <div className="stack monthpage">
      <header className="row wrap monthhead">
        <h1>
          {words.title} <span className="num">{followUpListWords.monthOf(month)}</span>
        </h1>
        <span className="printonly">{community.name}</span>
        <span className="grow" />
        <span className="row no-print">
          <button type="button" className="btn" onClick={() => go(plusMonths(month, -1))}>
            {words.before}
          </button>
          <input
            type="month"
            className="monthfield"
            aria-label={words.month}
            value={month}
            max={thisMonth}
            onChange={(event) => isMonth(event.target.value) && go(event.target.value)}
          />
          <button type="button" className="btn" disabled={month >= thisMonth} onClick={() => go(plusMonths(month, 1))}>
            {words.after}
          </button>
        </span>
        <span className="row wrap no-print">
          <a
            className="btn primary"
            href={addressOf(followUpAnalysisRoutes.exportFollowUpMonth.path, params, { month })}
            download
          >
            {words.export}
          </a>
          <button type="button" className="btn" onClick={() => window.print()}>
            {words.print}
          </button>
          <Link className="btn quiet" to={`/c/${community.code}/follow-ups?tab=all&month=${month}`}>
            {words.list}
          </Link>
        </span>
      </header>
      <Problem error={analysis.error} retry={() => void analysis.refetch()} />
      {analysis.isFetching && (analysis.isPlaceholderData || !analysis.data) ? (
        <div className="busyline" role="status" aria-label={uiWords.loading} />
      ) : null}
      {analysis.data && !analysis.isPlaceholderData ? (
        <Report analysis={analysis.data} show={address.show} onShow={(show) => setAddress({ show })} />
      ) : null}
    </div>
  );
}

function Report(props: { analysis: MonthAnalysis; show: string; onShow: (show: string) => void }) {
  const { analysis, show, onShow } = props;
  const answered = analysis.satisfaction.reduce((sum, one) => sum + one.count, 0);
  const most = Math.max(1, ...analysis.satisfaction.map((one) => one.count));
  return (
    <>
      <Standing analysis={analysis} />
      <MonthHandOver analysis={analysis} />
      <Card title={words.rates} flush>
        <RateTable analysis={analysis} show={show} onShow={onShow} />
      </Card>
      <ShownCases analysis={analysis} show={show} onClose={() => onShow('')} />
      <div className="monthpair">
        <Card title={words.satisfaction} note={words.satisfactionNote(answered)}>
          <ul className="stepbars">
            {analysis.satisfaction.map((one) => (
              <li key={one.step}>
                <button
                  type="button"
                  className={show === `step.${one.step}` ? 'on' : ''}
                  disabled={one.count === 0}
                  aria-pressed={show === `step.${one.step}`}
                  onClick={() => onShow(show === `step.${one.step}` ? '' : `step.${one.step}`)}
                >
                  <span className="stepname">{words.step(one.step, stepWords[one.step - 1] ?? '')}</span>
                  <span className="stepbar">
                    <i style={{ width: `${((one.count / most) * 100).toFixed(1)}%` }} />
                  </span>
                  <b className="num">{one.count}</b>
                </button>
              </li>
            ))}
          </ul>
        </Card>
        <Card title={words.shares} flush>
          {analysis.shares
            .filter((share) => share.finished > 0 || share.share !== null)
            .map((share) => (
              <div key={share.what} className="line">
                <div className="row wrap">
                  <b>{followUpSubjectWords[share.what]}</b>
                  <span className="faint num">
                    {share.share === null ? words.noTarget : words.target(percent(share.share))}
                  </span>
                  <span className="grow" />
                  <span className={share.warn ? 'tag high signed' : 'tag signed'}>
                    {share.warn ? <Sign name="warning" /> : null} {shareOutlookWords[share.outlook]}
                  </span>
                </div>
                <span className="faint num">{words.shareOf(share)}</span>
              </div>
            ))}
          {analysis.samples.map((sample) => (
            <div key={sample.what} className="line faint anywhere">
              {words.samples} {words.sample(followUpSubjectWords[sample.what], sample.drawn, sample.owed)} ·{' '}
              {sample.seed === null ? words.seedLater : words.seed(sample.seed)}
            </div>
          ))}
        </Card>
      </div>
      <FailedTable title={words.failed} empty={words.noFailed} rows={analysis.failed} />
      <FailedTable title={words.notReached} empty={words.noNotReached} rows={analysis.notReached} />
      <RepeatedTable
        title={words.sameRepair}
        note={words.sameRepairNote(analysis.sameRepair.count, analysis.sameRepair.days)}
        items={analysis.sameRepair.items}
      />
      <RepeatedTable
        title={words.sameComplaint}
        note={words.sameComplaintNote(analysis.sameComplaint.count, analysis.sameComplaint.days)}
        items={analysis.sameComplaint.items}
      />
      <MonthSignatures handOver={analysis.handOver} />
    </>
  );
}

/** Whether the figures may still change, by when they are to be exported, how long they are kept. */
function Standing({ analysis }: { analysis: MonthAnalysis }) {
  const isLate = analysis.exportBy < dayOf(serverNow());
  const closes = dayOf(analysis.closesAt);
  return (
    <div className={analysis.isOpen ? 'notice warn' : 'notice plain'} role="status">
      <Sign name={analysis.isOpen ? 'soon' : 'note'} />
      <div className="grow">
        <b>{analysis.isOpen ? words.open(closes) : words.closed(closes)}</b>
        <div>
          {[
            isLate ? words.exportLate(analysis.exportBy) : words.exportBy(analysis.exportBy),
            words.kept(analysis.keptUntil),
          ].join('；')}
        </div>
      </div>
    </div>
  );
}
