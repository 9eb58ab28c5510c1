// A repair 报修 as its page and the panel beside a list show it: what it is, what can be done, its clocks, what happened.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Facts } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { MoveButtons } from '../../../../ui/MoveButtons.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Popover } from '../../../../ui/Popover.tsx';
import { useKeys } from '../../../../ui/useKeys.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { channelWords } from '../../../cases/case.words.ts';
import { BesideCards } from '../../../cases/screens/parts/BesideCards.tsx';
import { CaseClocks } from '../../../cases/screens/parts/CaseClocks.tsx';
import { CaseNotLoaded } from '../../../cases/screens/parts/CaseNotLoaded.tsx';
import { ContactPhone } from '../../../cases/screens/parts/ContactPhone.tsx';
import { HouseholdCard } from '../../../cases/screens/parts/HouseholdCard.tsx';
import { Photos } from '../../../cases/screens/parts/Photos.tsx';
import { type TimeLineBox, TimeLineCard } from '../../../cases/screens/parts/TimeLineCard.tsx';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import { standardName } from '../../../standards/standard.words.ts';
import { standardRoutes } from '../../../standards/standard-view.contract.ts';
import { WarrantyVerdict } from '../../../warranties/screens/parts/WarrantyField.tsx';
import { getRepair, type RepairAnswer, type RepairMove } from '../../repair.contract.ts';
import {
  partCheckWords,
  pauseReasonWords,
  repairCategoryWords,
  repairClockWords,
  repairFlagWords,
  repairMoveWords,
  repairStateWords,
  settlementWords,
  timelineInWords,
  urgencyWords,
} from '../../repair.words.ts';
import { contractorWords, repairPageWords as words } from '../../repair-page.words.ts';
import { customerPartsOf } from '../../repair-paper.rules.ts';
import { isNeededBeforeDispatch } from './AmendFields.tsx';
import { ContractorSignature } from './ContractorSignature.tsx';
import { MoveDialog, type OpenMove, refusalInWords } from './MoveDialog.tsx';
import { raisedFlags, repairLook, urgencyTone } from './repairLook.ts';
import '../../../cases/screens/parts/board.css';
import '../../../cases/screens/parts/case.css';

const faces = { repair: repairLook };
const hotkeys: Partial<Record<RepairMove, string>> = {
  dispatch: 'd',
  amend: 'e',
  accept: 'a',
  pause: 'p',
  resume: 'r',
  finish: 'w',
  quote: 'q',
  transfer: 't',
};
/** So many moves stand as buttons; the rest is a click away. */
const buttonsShown = 3;
/** A description longer than this is cut until somebody asks for all of it. */
const longTextLetters = 280;

export function useRepair(id: string) {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['repair', communityId, id],
    queryFn: ({ signal }) => call(getRepair, { params: { communityId, id }, signal }),
  });
}

export function useStandard() {
  const { id: communityId } = useCommunity();
  const may = useMay();
  return useQuery({
    // A contractor knows the categories by their usual names.
    enabled: may('standard.read'),
    queryKey: ['standard', communityId],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function RepairCase({ id }: { id: string }) {
  const repair = useRepair(id);
  if (repair.data) return <LoadedRepair repair={repair.data} />;
  return <CaseNotLoaded error={repair.error} retry={() => void repair.refetch()} />;
}

function LoadedRepair({ repair }: { repair: RepairAnswer }) {
  const standard = useStandard();
  const preset = standard.data?.document.preset ?? 'luxury';
  const categories = standard.data?.document.repair.categories;
  const categoryWord = (code: string): string =>
    categories?.find((one) => one.code === code)?.name ??
    (repairCategoryWords as Readonly<Record<string, string>>)[code] ??
    code;
  const [dialog, setDialog] = useState<OpenMove | null>(null);
  const [note, setNote] = useState<TimeLineBox | null>(null);
  const mayRemind = useMay()('case.remind') && repair.endedAt === null;
  return (
    <div className="beside">
      <div className="stack">
        <section className="card">
          <Head
            repair={repair}
            categoryWord={categoryWord}
            onMove={setDialog}
            onRemind={mayRemind ? () => setNote('reminder') : null}
          />
          <RepairFacts repair={repair} document={standard.data?.document} categoryWord={categoryWord} />
        </section>
        <TimeLineCard
          subject={repair}
          sayEntry={timelineInWords}
          kindWords={repairClockWords}
          box={note}
          onBox={setNote}
          isQuiet={dialog !== null}
          mayRemind={mayRemind}
          withPhotos
        />
      </div>
      <div className="stack">
        <CaseClocks
          clocks={repair.clocks}
          policyName={(version) => standardName(preset, Number(version) || 1)}
          kindWords={repairClockWords}
          startedBy={words.startedBy}
          pauseReason={repair.pause ? pauseReasonWords[repair.pause.reason] : null}
        />
        <BesideCards communityId={repair.communityId} caseId={repair.id} kind="repair" />
        {repair.unitId === null ? null : (
          <HouseholdCard
            caseId={repair.id}
            code={repair.code}
            unitId={repair.unitId}
            faces={faces}
            categoryWord={categoryWord}
          />
        )}
      </div>
      {dialog === null ? null : (
        <MoveDialog
          key={dialog}
          move={dialog}
          repair={repair}
          document={standard.data?.document}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

function Head(props: {
  repair: RepairAnswer;
  categoryWord: (category: string) => string;
  onMove: (move: OpenMove) => void;
  onRemind: (() => void) | null;
}) {
  const { repair, onMove } = props;
  const community = useCommunity();
  const tone = urgencyTone(repair.urgency);
  const allowed = repair.moves.filter((move) => move.allowed);
  const shown = allowed.slice(0, buttonsShown);
  const rest = allowed.slice(buttonsShown);
  // What the state alone forbids says nothing new beside the state; what else is in the way does.
  const refused = repair.moves.filter((move) => !move.allowed && move.reason !== 'repair.move_not_allowed');
  const wordOf = (name: string) => repairMoveWords[name as RepairMove] ?? name;
  const keys = Object.fromEntries(
    rest.flatMap((move) => {
      const key = hotkeys[move.name as RepairMove];
      return key ? [[key, () => onMove(move.name as OpenMove)]] : [];
    }),
  );
  useKeys(keys);
  return (
    <header className="casehead">
      <div className="titles">
        <div className="row wrap">
          <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>{urgencyWords[repair.urgency]}</span>
          <span className="tag accent">{repairStateWords[repair.state]}</span>
          {repair.flags.map((flag) => (
            <span key={flag} className={raisedFlags.includes(flag) ? 'tag raised' : 'tag'}>
              {(repairFlagWords as Readonly<Record<string, string>>)[flag] ?? flag}
            </span>
          ))}
          <span className="faint num">
            {[
              repair.code,
              words.received(briefMoment(repair.receivedAt, serverNow()), channelWords[repair.channel]),
              ...(repair.firstContact ? [words.firstContact(repair.firstContact.name)] : []),
            ].join(' · ')}
          </span>
        </div>
        <h1>{firstLine(repair.description)}</h1>
      </div>
      <div className="acts no-print">
        <MoveButtons
          label={words.moves}
          moves={[...shown, ...refused].map((move) => ({
            name: move.name,
            word: wordOf(move.name),
            isAllowed: move.allowed,
            reason: move.reason === undefined ? undefined : refusalInWords(move.reason),
            hotkey: hotkeys[move.name as RepairMove],
          }))}
          onMove={(name) => onMove(name as OpenMove)}
        />
        {props.onRemind ? (
          <button type="button" className="btn" aria-keyshortcuts="u" onClick={props.onRemind}>
            {words.remind} <kbd>U</kbd>
          </button>
        ) : null}
        {rest.length > 0 ? (
          <Popover kind="menu" className="btn" name={words.moreMoves} label="⋯">
            {rest.map((move) => (
              <button key={move.name} type="button" onClick={() => onMove(move.name as OpenMove)}>
                <span className="grow">{wordOf(move.name)}</span>
                {hotkeys[move.name as RepairMove] ? <kbd>{hotkeys[move.name as RepairMove]?.toUpperCase()}</kbd> : null}
              </button>
            ))}
          </Popover>
        ) : null}
        <Link className="btn quiet" to={`/c/${community.code}/repairs/${repair.id}/print`}>
          {words.print}
        </Link>
      </div>
    </header>
  );
}

/** The first line of what was said, cut where a sentence ends if it is long. */
function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  if (line.length <= 40) return line;
  const end = line.slice(0, 60).search(/[。；;！!？?]/);
  return end > 8 ? line.slice(0, end) : `${line.slice(0, 40)}…`;
}

function RepairFacts(props: {
  repair: RepairAnswer;
  document: StandardDocument | undefined;
  categoryWord: (category: string) => string;
}) {
  const { repair } = props;
  const brought = customerPartsOf(repair.timeline);
  const now = serverNow();
  const date = (field: 'appointmentAt' | 'agreedAt', otherwise: string) => {
    const at = repair[field];
    if (at !== null) return <span className="num">{briefMoment(at, now)}</span>;
    const isNeeded = repair.finishedAt === null && isNeededBeforeDispatch(props.document, repair, field);
    return (
      <span className={isNeeded ? 'tag raised' : 'faint'}>{isNeeded ? words.neededBeforeDispatch : otherwise}</span>
    );
  };
  return (
    <div className="casefacts">
      <Facts
        two
        items={[
          { name: words.contact, value: repair.contact.name ?? '—' },
          {
            name: repair.unitId === null ? words.place : words.unit,
            value: <span className="num">{repair.unit ?? repair.place ?? '—'}</span>,
          },
          {
            name: words.phone,
            value: <ContactPhone unitId={repair.unitId} contact={repair.contact} code={repair.code} />,
          },
          {
            name: words.responsible,
            value: repair.contractor
              ? contractorWords.firm(repair.contractorFirm?.name ?? repair.contractor.name, repair.contractor.name)
              : (repair.responsible?.name ?? <span className="faint">—</span>),
          },
          { name: words.charge, value: <Charge repair={repair} /> },
          {
            name: words.appointment,
            value: (
              <>
                {date('appointmentAt', words.notAppointed)} <AppointmentTold repair={repair} />
              </>
            ),
          },
          { name: words.agreed, value: date('agreedAt', words.notAgreed) },
          {
            name: words.category,
            value: [props.categoryWord(repair.category), repair.part].filter((one) => one !== null).join(' · '),
          },
          { name: words.warranty, value: <WarrantyFact repair={repair} />, full: true },
          ...contractorFacts(repair, now),
          ...(repair.pause
            ? [
                {
                  name: repairStateWords.paused,
                  value: words.pausedUntil(
                    pauseReasonWords[repair.pause.reason],
                    repair.pause.until === null ? '—' : briefMoment(repair.pause.until, now),
                  ),
                  full: true,
                },
              ]
            : []),
          { name: words.description, value: <LongText text={repair.description} />, full: true },
          ...(repair.attachmentIds.length > 0
            ? [
                {
                  name: words.photos,
                  value: <Photos communityId={repair.communityId} ids={repair.attachmentIds} />,
                  full: true,
                },
              ]
            : []),
          ...(repair.quote
            ? [
                {
                  name: words.quote,
                  value: (
                    <ul>
                      {repair.quote.lines.map((line) => (
                        <li key={`${line.name}${line.amountFen}`} className="num">
                          {materialInWords(line)} · {words.yuan(line.amountFen)}
                        </li>
                      ))}
                      <li className="num">
                        <b>{words.yuan(repair.quote.amountFen)}</b>{' '}
                        <span className="faint">{words.quoteState(repair.quote.agreedAt !== null)}</span>
                      </li>
                    </ul>
                  ),
                  full: true,
                },
              ]
            : []),
          ...(repair.result === null
            ? []
            : [{ name: words.result, value: <LongText text={repair.result} />, full: true }]),
          ...(repair.materials.length === 0
            ? []
            : [
                {
                  name: words.materials,
                  value: repair.materials.map(materialInWords).join('，'),
                  full: true,
                },
              ]),
          ...(brought.length === 0
            ? []
            : [
                {
                  name: words.customerParts,
                  value: brought
                    .map((one) =>
                      words.partFound(
                        one.name,
                        partCheckWords[one.check],
                        one.check === 'passed' ? null : one.customerTold,
                      ),
                    )
                    .join('；'),
                  full: true,
                },
              ]),
        ]}
      />
    </div>
  );
}

/** What the register said on the day of the report; older repairs only know that they were under warranty. */
function WarrantyFact({ repair }: { repair: RepairAnswer }) {
  if (repair.warranty)
    return <WarrantyVerdict warranty={repair.warranty} isMajor={repair.underWarranty && !repair.warranty.isUnder} />;
  return <>{repair.underWarranty ? words.underWarranty : words.outOfWarranty}</>;
}

function AppointmentTold({ repair }: { repair: RepairAnswer }) {
  if (repair.appointmentTold === null) return null;
  return repair.appointmentTold ? (
    <span className="faint">{contractorWords.customerTold}</span>
  ) : (
    <span className="tag raised">{contractorWords.customerNotTold}</span>
  );
}

/** RP7: told within the five minutes, signed for on arrival. */
function contractorFacts(repair: RepairAnswer, now: string) {
  if (!repair.underWarranty && repair.contractor === null) return [];
  const { contractorTold: told, contractorSigned: signed } = repair;
  return [
    {
      name: contractorWords.toldName,
      value: told ? (
        <span className="num">{contractorWords.told(briefMoment(told.at, now), told.how)}</span>
      ) : (
        <span className="faint">{contractorWords.notTold}</span>
      ),
    },
    ...(repair.contractor === null
      ? []
      : [
          {
            name: contractorWords.signedName,
            value: signed ? (
              <span className="num">{contractorWords.signed(briefMoment(signed.at, now), signed.by?.name ?? '')}</span>
            ) : (
              <SignLater repair={repair} />
            ),
          },
        ]),
  ];
}

const fromArrival = ['on-site', 'quoted', 'working', 'paused', 'done', 'signed', 'returned'];

function SignLater({ repair }: { repair: RepairAnswer }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <span className="faint">{contractorWords.notSigned}</span>{' '}
      {fromArrival.includes(repair.state) ? (
        <button type="button" className="linklike no-print" onClick={() => setOpen(true)}>
          {contractorWords.sign}
        </button>
      ) : null}
      {isOpen ? <ContractorSignature repair={repair} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const materialInWords = (line: { name: string; quantity: number; kind?: string | undefined }): string =>
  `${line.kind === 'labour' ? `${words.lineKinds.labour} ` : ''}${line.name} × ${line.quantity}`;

function Charge({ repair }: { repair: RepairAnswer }) {
  if (repair.chargedFen > 0)
    return (
      <span className="num">
        {words.yuan(repair.chargedFen)} · {settlementWords[repair.settlement]}
      </span>
    );
  if (repair.quote)
    return (
      <span className="num">
        {words.yuan(repair.quote.amountFen)} · {words.quoteState(repair.quote.agreedAt !== null)}
      </span>
    );
  return <>{settlementWords[repair.settlement]}</>;
}

function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > longTextLetters;
  return (
    <>
      <div className={isLong && !isOpen ? 'longtext cut' : 'longtext'}>{text}</div>
      {isLong ? (
        <button type="button" className="linklike" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.lessText : words.moreText}
        </button>
      ) : null}
    </>
  );
}
