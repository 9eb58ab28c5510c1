// One household in one view 一户一档 (PP5): people, open cases, unit, vehicles, warranties, former people.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { type Day, dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { Card, Facts } from '../../../../ui/Card.tsx';
import { Choice } from '../../../../ui/Choice.tsx';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { relationWords } from '../../../parties/party.words.ts';
import { RevealField } from '../../../parties/screens/parts/RevealField.tsx';
import { householdWords } from '../../household.words.ts';
import { unitUsageWords } from '../../place.words.ts';
import { type CaseOfUnit, type Household, unitRoutes } from '../../unit.contract.ts';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { ChangeOwnerDialog } from './ChangeOwnerDialog.tsx';
import type { CaseSight } from './caseSight.ts';
import { PartyDialog } from './PartyDialog.tsx';
import { UnitDialog } from './UnitDialog.tsx';
import { UnitStateTag } from './UnitStateTag.tsx';
import { useHouseholdChanged } from './useHousehold.ts';

const words = householdWords;
type Person = Household['people'][number];
type Vehicle = Household['vehicles'][number];
type Dialog =
  | { kind: 'add' | 'owner' | 'unit' | 'vehicle' }
  | { kind: 'end'; person: Person }
  | { kind: 'party'; partyId: string }
  | { kind: 'remove'; vehicle: Vehicle };

const usageWord = (usage: string) =>
  usage in unitUsageWords ? unitUsageWords[usage as keyof typeof unitUsageWords] : usage;
const minuteWord = (instant: string) => `${dayOf(instant)} ${wallTimeOf(instant).slice(0, 5)}`;

/** `side`: beside the list, everything below each other; else two columns. */
export function HouseholdCards(props: {
  household: Household;
  cases: CaseSight;
  isSide: boolean;
  /** Beside the heading: open the whole page, close. */
  actions?: ReactNode;
}) {
  const { household } = props;
  const community = useCommunity();
  const may = useMay();
  const changed = useHouseholdChanged(community.id);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayWrite = may('household.write');
  const dialogOf = { communityId: community.id, household, onClose: () => setDialog(null), onDone: changed };
  const head = (
    <section className="card householdhead">
      <div className="grow">
        <h1>{household.label}</h1>
        <p className="row wrap muted">
          <UnitStateTag state={household.state} />
          <span>{usageWord(household.usage)}</span>
          {household.areaHundredthsM2 === null ? null : (
            <span className="num">{words.area(household.areaHundredthsM2)}</span>
          )}
        </p>
      </div>
      <div className="row wrap">
        {may('contact.write') ? (
          <Link to={`/c/${community.code}/${props.cases.contactPath(household.id)}`} className="btn primary">
            {words.report}
          </Link>
        ) : null}
        {may('complaint.record') ? (
          <Link to={`/c/${community.code}/${props.cases.complaintPath(household.id)}`} className="btn">
            {words.complain}
          </Link>
        ) : null}
        {may('statement.read') ? (
          <Link to={`/c/${community.code}/${props.cases.statement.path(household.id)}`} className="btn">
            {props.cases.statement.word}
          </Link>
        ) : null}
        {props.actions}
      </div>
    </section>
  );
  const people = (
    <Card
      title={words.people.title}
      note={household.people.length === 0 ? undefined : household.people.length}
      flush
      actions={
        mayWrite ? (
          <span className="row">
            <button type="button" className="btn quiet" onClick={() => setDialog({ kind: 'add' })}>
              {words.people.add}
            </button>
            <button type="button" className="btn quiet" onClick={() => setDialog({ kind: 'owner' })}>
              {words.people.changeOwner}
            </button>
          </span>
        ) : null
      }
    >
      {household.people.length === 0 ? <p className="line muted">{words.people.none}</p> : null}
      {household.people.map((person) => (
        <div key={person.relationId} className="line person">
          <div className="row wrap">
            <b className="anywhere">{person.name}</b>
            <span className={person.relation === 'owner' ? 'tag accent' : 'tag'}>{relationWords[person.relation]}</span>
            {person.sharePercent === null ? null : (
              <span className="faint num">{words.people.share(person.sharePercent)}</span>
            )}
            <span className="grow" />
            <button
              type="button"
              className="linklike"
              aria-label={`${words.people.details} ${person.name}`}
              onClick={() => setDialog({ kind: 'party', partyId: person.partyId })}
            >
              {words.people.details}
            </button>
            {mayWrite ? (
              <button
                type="button"
                className="linklike"
                aria-label={`${words.people.end} ${person.name}`}
                onClick={() => setDialog({ kind: 'end', person })}
              >
                {words.people.end}
              </button>
            ) : null}
          </div>
          <div className="row wrap">
            <RevealField
              communityId={community.id}
              partyId={person.partyId}
              name={person.name}
              field="phone"
              masked={person.phone}
              mayReveal={may('household.reveal-phone')}
            />
            <span className="grow" />
            <span className="faint num">
              {person.untilOn === null
                ? words.people.since(person.fromOn)
                : words.people.until(person.fromOn, person.untilOn)}
            </span>
          </div>
        </div>
      ))}
    </Card>
  );
  const openCases = (
    <CaseCard
      title={words.cases.open}
      none={words.cases.noneOpen}
      items={household.openCases}
      cases={props.cases}
      communityCode={community.code}
    />
  );
  const facts = (
    <Card
      title={words.unit.facts}
      actions={
        mayWrite ? (
          <button type="button" className="btn quiet" onClick={() => setDialog({ kind: 'unit' })}>
            {words.edit}
          </button>
        ) : null
      }
    >
      <Facts
        items={[
          { name: words.columns.usage, value: usageWord(household.usage) },
          {
            name: words.columns.area,
            value: household.areaHundredthsM2 === null ? words.unit.notKnown : words.area(household.areaHundredthsM2),
          },
          { name: words.unit.deliveredOn, value: household.deliveredOn ?? words.unit.notKnown },
          { name: words.unit.keyCustody, value: household.keyCustody ? words.unit.keyKept : words.unit.keyNotKept },
        ]}
      />
    </Card>
  );
  const vehicles = (
    <Card
      title={words.vehicles.title}
      flush
      actions={
        mayWrite ? (
          <button type="button" className="btn quiet" onClick={() => setDialog({ kind: 'vehicle' })}>
            {words.vehicles.add}
          </button>
        ) : null
      }
    >
      {household.vehicles.length === 0 ? <p className="line muted">{words.vehicles.none}</p> : null}
      {household.vehicles.map((vehicle) => (
        <div key={vehicle.id} className="line row wrap">
          <b className="num">{vehicle.plate}</b>
          <span className="muted anywhere">
            {household.people.find((person) => person.partyId === vehicle.partyId)?.name ?? ''}
          </span>
          <span className="grow" />
          {mayWrite ? (
            <button
              type="button"
              className="linklike"
              aria-label={`${words.vehicles.remove} ${vehicle.plate}`}
              onClick={() => setDialog({ kind: 'remove', vehicle })}
            >
              {words.vehicles.remove}
            </button>
          ) : null}
        </div>
      ))}
    </Card>
  );
  const warranties = (
    <Card title={words.warranties.title} flush>
      {household.warranties.length === 0 ? <p className="line muted">{words.warranties.none}</p> : null}
      {household.warranties.map((one) => (
        <div key={one.id} className="line row wrap">
          <b>{props.cases.inWords({ ...noCase, category: one.category }).about}</b>
          {one.part === null ? null : <span className="anywhere">{one.part}</span>}
          <span className="muted anywhere">{one.contractor}</span>
          <span className="grow" />
          <span className="faint num">{words.warranties.until(one.untilOn)}</span>
        </div>
      ))}
    </Card>
  );
  const recent = (
    <CaseCard
      title={words.cases.recent}
      none={words.cases.noneRecent}
      items={household.recentCases}
      cases={props.cases}
      communityCode={community.code}
    />
  );
  const history =
    household.history.length === 0 ? null : (
      <Card title={words.people.historyTitle} note={words.people.historyNote(household.history.length)} flush>
        {household.history.map((person) => (
          <div key={person.relationId} className="line row wrap muted">
            <span className="anywhere">{person.name}</span>
            <span className="tag">{relationWords[person.relation]}</span>
            <span className="grow" />
            <span className="faint num">{words.people.until(person.fromOn, person.untilOn ?? '')}</span>
          </div>
        ))}
      </Card>
    );
  return (
    <>
      {head}
      {props.isSide ? (
        <>
          {people}
          {openCases}
          {facts}
          {vehicles}
          {warranties}
          {recent}
          {history}
        </>
      ) : (
        <div className="halves">
          <div className="stack">
            {people}
            {openCases}
            {recent}
          </div>
          <div className="stack">
            {facts}
            {vehicles}
            {warranties}
            {history}
          </div>
        </div>
      )}
      {dialog?.kind === 'add' ? <AddPersonDialog {...dialogOf} isOpen /> : null}
      {dialog?.kind === 'owner' ? <ChangeOwnerDialog {...dialogOf} isOpen /> : null}
      {dialog?.kind === 'unit' ? <UnitDialog {...dialogOf} /> : null}
      {dialog?.kind === 'vehicle' ? <VehicleDialog {...dialogOf} /> : null}
      {dialog?.kind === 'end' ? <EndDialog {...dialogOf} person={dialog.person} /> : null}
      {dialog?.kind === 'remove' ? <RemoveDialog {...dialogOf} vehicle={dialog.vehicle} /> : null}
      {dialog?.kind === 'party' ? (
        <PartyDialog communityId={community.id} partyId={dialog.partyId} onClose={dialogOf.onClose} />
      ) : null}
    </>
  );
}

/** To ask for the word of a category alone. */
const noCase: CaseOfUnit = {
  id: '',
  code: '',
  kind: 'repair',
  state: '',
  category: null,
  level: null,
  summary: null,
  receivedAt: '',
  endedAt: null,
  dueAt: null,
};

function CaseCard(props: {
  title: string;
  none: string;
  items: readonly CaseOfUnit[];
  cases: CaseSight;
  communityCode: string;
}) {
  return (
    <Card title={props.title} note={props.items.length === 0 ? undefined : props.items.length} flush>
      {props.items.length === 0 ? <p className="line muted">{props.none}</p> : null}
      {props.items.map((one) => {
        const said = props.cases.inWords(one);
        return (
          <Link key={one.id} to={`/c/${props.communityCode}/${props.cases.pathOf(one)}`} className="line caseline">
            <span className="row wrap">
              <b className="num">{one.code}</b>
              <span className="tag">{said.state}</span>
              <span className="grow" />
              {one.endedAt === null && one.dueAt !== null ? (
                <ClockBar facts={{ state: 'running', startedAt: one.receivedAt, dueAt: one.dueAt }} />
              ) : null}
            </span>
            <span className="row wrap">
              <span className="cut three">{[said.kind, said.about, one.summary].filter(Boolean).join(' · ')}</span>
            </span>
            <span className="faint num">
              {one.endedAt === null
                ? words.cases.received(minuteWord(one.receivedAt))
                : words.cases.ended(minuteWord(one.endedAt))}
            </span>
          </Link>
        );
      })}
    </Card>
  );
}

type DialogProps = {
  communityId: string;
  household: Household;
  onClose: () => void;
  onDone: (household: Household) => void;
};

function EndDialog(props: DialogProps & { person: Person }) {
  const { person, household, communityId } = props;
  const [untilOn, setUntilOn] = useState<Day | null>(dayOf(serverNow()));
  const [attempt] = useState(newId);
  return (
    <FormDialog
      title={words.end.title(person.name, relationWords[person.relation])}
      isOpen
      onClose={props.onClose}
      submitWord={words.end.submit}
      isRisky
      isReady={untilOn !== null}
      shownFields={['untilOn']}
      onSubmit={async () => {
        if (untilOn === null) return;
        const params = { communityId, id: household.id, relationId: person.relationId };
        props.onDone(await call(unitRoutes.endRelation, { params, key: attempt, body: { untilOn } }));
        props.onClose();
      }}
    >
      {(fault) => (
        <DayField
          label={words.end.untilOn}
          value={untilOn}
          onChange={setUntilOn}
          hint={words.end.untilHint}
          fault={fault('untilOn')}
        />
      )}
    </FormDialog>
  );
}

function VehicleDialog(props: DialogProps) {
  const { household, communityId } = props;
  const [plate, setPlate] = useState('');
  const [partyId, setPartyId] = useState('');
  const [attempt] = useState(newId);
  return (
    <FormDialog
      title={`${words.vehicles.add} · ${household.label}`}
      isOpen
      onClose={props.onClose}
      isReady={plate.trim() !== ''}
      shownFields={['plate']}
      onSubmit={async () => {
        const params = { communityId, id: household.id };
        const body = { plate: plate.trim(), partyId: partyId === '' ? null : partyId };
        props.onDone(await call(unitRoutes.addVehicle, { params, key: `${attempt}${plate}`, body }));
        props.onClose();
      }}
    >
      {(fault) => (
        <>
          <Field
            label={words.vehicles.plate}
            hint={words.vehicles.plateHint}
            value={plate}
            maxLength={12}
            fault={fault('plate')}
            onChange={(event) => setPlate(event.target.value)}
          />
          <Choice
            label={words.vehicles.owner}
            none={words.vehicles.noOwner}
            value={partyId}
            words={Object.fromEntries(household.people.map((person) => [person.partyId, person.name]))}
            onChange={setPartyId}
          />
        </>
      )}
    </FormDialog>
  );
}

function RemoveDialog(props: DialogProps & { vehicle: Vehicle }) {
  const { household, communityId, vehicle } = props;
  return (
    <FormDialog
      title={words.vehicles.removeTitle(vehicle.plate)}
      isOpen
      onClose={props.onClose}
      submitWord={words.vehicles.remove}
      isRisky
      onSubmit={async () => {
        const params = { communityId, id: household.id, vehicleId: vehicle.id };
        props.onDone(await call(unitRoutes.removeVehicle, { params }));
        props.onClose();
      }}
    >
      {() => <p>{words.vehicles.removeText}</p>}
    </FormDialog>
  );
}
