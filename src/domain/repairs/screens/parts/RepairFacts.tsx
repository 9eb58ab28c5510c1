// What a repair 报修 is: who, where, when, what it costs, who answers for it.
import { useState } from 'react';
import { Facts } from '../../../../ui/Card.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { ContactPhone } from '../../../cases/screens/parts/ContactPhone.tsx';
import { Photos } from '../../../cases/screens/parts/Photos.tsx';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import { WarrantyVerdict } from '../../../warranties/screens/parts/WarrantyField.tsx';
import type { RepairAnswer } from '../../repair.contract.ts';
import { partCheckWords, pauseReasonWords, repairStateWords, settlementWords } from '../../repair.words.ts';
import { contractorWords, repairPageWords as words } from '../../repair-page.words.ts';
import { customerPartsOf } from '../../repair-paper.rules.ts';
import { isNeededBeforeDispatch } from './AmendFields.tsx';
import { ContractorSignature } from './ContractorSignature.tsx';

/** A description longer than this is cut until somebody asks for all of it. */
const longTextLetters = 280;

export function RepairFacts(props: {
  repair: RepairAnswer;
  document: StandardDocument | undefined;
  categoryWord: (category: string) => string;
  /** Notes the call by which the firm was told; null for whoever is of the firm. */
  onTellContractor: (() => void) | null;
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
          ...contractorFacts(repair, now, props.onTellContractor),
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
function contractorFacts(repair: RepairAnswer, now: string, onTell: (() => void) | null) {
  if (!repair.underWarranty && repair.contractor === null) return [];
  const { contractorTold: told, contractorSigned: signed } = repair;
  return [
    {
      name: contractorWords.toldName,
      value: told ? (
        <span className="num">{contractorWords.told(briefMoment(told.at, now), told.how)}</span>
      ) : (
        <>
          <span className="faint">{contractorWords.notTold}</span>{' '}
          {onTell && repair.clocks.some((one) => one.kind === 'contractor-told' && one.stoppedAt === null) ? (
            <button type="button" className="linklike no-print" onClick={onTell}>
              {contractorWords.noteTold}
            </button>
          ) : null}
        </>
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
