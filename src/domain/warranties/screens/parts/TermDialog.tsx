// A warranty term 保修约定 entered: where, which category and part, how long or until when, and which firm answers.
import { useState } from 'react';
import type { Day } from '../../../../kernel/time.ts';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { noUnit, UnitField } from '../../../places/screens/parts/UnitField.tsx';
import { type WarrantyTerm, warrantyRoutes } from '../../warranty.contract.ts';
import { coversWords, warrantyPageWords } from '../../warranty.words.ts';

const words = warrantyPageWords.termDialog;

export function TermDialog(props: {
  communityId: string;
  categories: Readonly<Record<string, string>>;
  buildings: Readonly<Record<string, string>>;
  contractors: Readonly<Record<string, string>>;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [covers, setCovers] = useState<WarrantyTerm['covers']>('units');
  const [buildingId, setBuilding] = useState('');
  const [unit, setUnit] = useState(noUnit);
  const [category, setCategory] = useState('');
  const [part, setPart] = useState('');
  const [months, setMonths] = useState('24');
  const [untilOn, setUntil] = useState<Day | null>(null);
  const [startsOn, setStarts] = useState<Day | null>(null);
  const [contractorId, setContractor] = useState('');
  const submit = async () => {
    await call(warrantyRoutes.createTerm, {
      params: { communityId: props.communityId },
      body: {
        covers,
        buildingId: buildingId === '' ? null : buildingId,
        unitId: covers === 'units' ? unit.id : null,
        category,
        part: part.trim() === '' ? null : part,
        months: untilOn === null && months !== '' ? Number(months) : null,
        untilOn,
        startsOn,
        contractorId,
      },
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone();
  };
  return (
    <FormDialog
      title={words.title}
      isOpen
      widthPx={560}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={category !== '' && contractorId !== '' && (months !== '' || untilOn !== null)}
      shownFields={['unitId', 'buildingId', 'category', 'part', 'months', 'untilOn', 'startsOn']}
    >
      {(fault) => (
        <>
          <div className="pair">
            <Choice
              label={words.covers}
              value={covers}
              words={coversWords}
              onChange={(chosen) => setCovers(chosen === '' ? 'units' : chosen)}
            />
            <Choice
              label={words.building}
              value={buildingId}
              words={props.buildings}
              none={words.allBuildings}
              fault={fault('buildingId')}
              onChange={setBuilding}
            />
          </div>
          {covers === 'units' ? (
            <>
              <UnitField
                communityId={props.communityId}
                label={words.unit}
                value={unit}
                fault={fault('unitId')}
                onChange={setUnit}
              />
              <p className="faint">{words.unitHint}</p>
            </>
          ) : null}
          <div className="pair">
            <Choice
              label={words.category}
              value={category}
              words={props.categories}
              none={words.choose}
              fault={fault('category')}
              onChange={setCategory}
            />
            <Field
              label={words.part}
              maxLength={40}
              value={part}
              fault={fault('part')}
              onChange={(event) => setPart(event.target.value)}
            />
          </div>
          <p className="faint">{words.partHint}</p>
          <div className="pair">
            <Field
              label={words.months}
              inputMode="numeric"
              value={untilOn === null ? months : ''}
              disabled={untilOn !== null}
              fault={fault('months')}
              onChange={(event) => setMonths(event.target.value.replaceAll(/\D/g, ''))}
            />
            <DayField label={words.untilOn} value={untilOn} fault={fault('untilOn')} onChange={setUntil} />
          </div>
          <DayField
            label={words.startsOn}
            value={startsOn}
            hint={words.startsOnHint}
            fault={fault('startsOn')}
            onChange={setStarts}
          />
          <Choice
            label={words.contractor}
            value={contractorId}
            words={props.contractors}
            none={words.choose}
            onChange={setContractor}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Another firm from a day on; the one before keeps what was reported before. */
export function ChangeContractorDialog(props: {
  communityId: string;
  term: WarrantyTerm;
  name: string;
  contractors: Readonly<Record<string, string>>;
  today: Day;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [contractorId, setContractor] = useState('');
  const [fromOn, setFrom] = useState<Day | null>(props.today);
  const change = warrantyPageWords.changeDialog;
  const submit = async () => {
    await call(warrantyRoutes.changeTermContractor, {
      params: { communityId: props.communityId, id: props.term.id },
      body: { version: props.term.version, contractorId, fromOn: fromOn ?? '' },
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone();
  };
  return (
    <FormDialog
      title={change.title(props.name)}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={change.submit}
      isReady={contractorId !== '' && fromOn !== null}
      shownFields={['contractorId', 'fromOn']}
    >
      {(fault) => (
        <>
          <Choice
            label={change.contractor}
            value={contractorId}
            words={props.contractors}
            none={words.choose}
            fault={fault('contractorId')}
            onChange={setContractor}
          />
          <DayField
            label={change.fromOn}
            value={fromOn}
            fault={fault('fromOn')}
            onChange={setFrom}
            hint={change.hint}
          />
        </>
      )}
    </FormDialog>
  );
}
