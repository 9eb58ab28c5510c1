// The moves of one version: submitted by those who write, approved from a day or returned with a remark by the general
// manager. A refused move is shown with its reason.
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { type Day, dayOf, plusDays } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { type PriceList, type PriceListMove, priceListRoutes } from '../../price-list.contract.ts';
import { priceListMoveWords, priceListProblems, priceListPageWords as words } from '../../price-list.words.ts';

const plainRoutes = {
  submit: priceListRoutes.submitPriceList,
  withdraw: priceListRoutes.withdrawPriceList,
  drop: priceListRoutes.dropPriceList,
};
const isPlain = (name: PriceListMove): name is keyof typeof plainRoutes => name in plainRoutes;

export function DecideList(props: { list: PriceList; onEdit: () => void; onMoved: () => Promise<unknown> }) {
  const { list } = props;
  const params = { communityId: list.communityId, id: list.id };
  const [dialog, setDialog] = useState<'approve' | 'return' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [day, setDay] = useState<Day | null>(plusDays(dayOf(serverNow()), 1));
  const [remark, setRemark] = useState('');
  const after = async () => {
    setDialog(null);
    await props.onMoved();
  };
  const plain = async (name: keyof typeof plainRoutes) => {
    setError(null);
    try {
      await call(plainRoutes[name], { params, body: { version: list.version }, key: newId() });
      await after();
    } catch (caught) {
      setError(caught);
    }
  };
  const act = (name: PriceListMove) => {
    if (name === 'amend') props.onEdit();
    else if (isPlain(name)) void plain(name);
    else setDialog(name === 'approve' ? 'approve' : 'return');
  };
  return (
    <>
      <div className="row wrap">
        {list.moves.map((move) => (
          <button
            key={move.name}
            type="button"
            className={move.name === 'submit' || move.name === 'approve' ? 'btn primary' : 'btn'}
            disabled={!move.allowed}
            title={move.reason === undefined ? undefined : priceListProblems.titles[move.reason]?.({}).zh}
            onClick={() => act(move.name)}
          >
            {move.name === 'amend' ? words.edit : priceListMoveWords[move.name]}
          </button>
        ))}
        {list.moves
          .filter((move) => move.reason !== undefined)
          .map((move) => (
            <span key={move.name} className="faint">
              {priceListProblems.titles[move.reason ?? '']?.({}).zh}
            </span>
          ))}
      </div>
      <Problem error={error} />
      <FormDialog
        title={words.approveTitle}
        isOpen={dialog === 'approve'}
        onClose={() => setDialog(null)}
        submitWord={priceListMoveWords.approve}
        isReady={day !== null}
        shownFields={['inForceOn']}
        onSubmit={async () => {
          await call(priceListRoutes.approvePriceList, {
            params,
            body: { version: list.version, inForceOn: day ?? '' },
            key: newId(),
          });
          await after();
        }}
      >
        {(fault) => (
          <DayField
            label={words.approveOn}
            value={day}
            onChange={setDay}
            hint={words.approveHint}
            fault={fault('inForceOn')}
          />
        )}
      </FormDialog>
      <FormDialog
        title={words.returnTitle}
        isOpen={dialog === 'return'}
        onClose={() => setDialog(null)}
        submitWord={priceListMoveWords.return}
        isReady={remark.trim() !== ''}
        shownFields={['remark']}
        onSubmit={async () => {
          await call(priceListRoutes.returnPriceList, {
            params,
            body: { version: list.version, remark: remark.trim() },
            key: newId(),
          });
          await after();
        }}
      >
        {(fault) => (
          <label className="field">
            <span className="label">{words.returnRemark}</span>
            <textarea rows={3} maxLength={500} value={remark} onChange={(event) => setRemark(event.target.value)} />
            {fault('remark') ? <span className="fault">{fault('remark')}</span> : null}
          </label>
        )}
      </FormDialog>
    </>
  );
}
