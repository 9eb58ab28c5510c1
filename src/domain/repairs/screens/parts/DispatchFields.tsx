// Whom an order is sent to 派工: a technician, or a firm and its account.

import { useEffect } from 'react';
import type { Role } from '../../../access/role.contract.ts';
import { Tick } from '../../../cases/screens/parts/moveFields.tsx';
import { useContractors } from '../../../warranties/screens/parts/register.ts';
import { contractorWords, repairPageWords } from '../../repair-page.words.ts';
import type { WithReason } from './moveFieldsProps.ts';
import { People } from './People.tsx';

const words = repairPageWords.dialog;
/** At night the order goes to whoever is on duty. */
const workers: readonly Role[] = ['technician', 'duty_technician'];
const contractors: readonly Role[] = ['contractor'];

export function DispatchFields({ repair, draft, set, faultOf, reason }: WithReason) {
  const isContractor = draft.contractorId !== '';
  const register = useContractors();
  const named = repair.warranty?.contractor ?? null;
  const firm = register.data?.items.find((one) => one.id === named?.id);
  const account = firm?.people.find((one) => one.account !== null && !one.account.disabled)?.account?.id;
  // What the register says is what is likely; somebody else is a click away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the register is here
  useEffect(() => {
    if (repair.underWarranty && repair.urgency !== 'emergency' && account && draft.technicianId === '' && !isContractor)
      set({ contractorId: account });
  }, [account]);
  return (
    <>
      {repair.underWarranty && named ? (
        <p className="notice plain">
          {firm && account === undefined ? contractorWords.noAccount(named.name) : contractorWords.byTerms(named.name)}
        </p>
      ) : null}
      <People
        posts={workers}
        label={words.technician}
        repair={repair}
        takesFocus
        value={draft.technicianId}
        fault={faultOf('technicianId')}
        onChange={(technicianId) => set({ technicianId, contractorId: '' })}
      />
      <People
        posts={contractors}
        label={words.contractor}
        repair={repair}
        value={draft.contractorId}
        fault={faultOf('contractorId')}
        onChange={(contractorId) => set({ contractorId, technicianId: '' })}
      />
      {repair.underWarranty ? (
        <Tick
          word={words.contractorTold}
          isOn={draft.contractorTold}
          onChange={(contractorTold) => set({ contractorTold })}
        />
      ) : null}
      {repair.underWarranty && !isContractor ? reason(words.reasonWarranty, repair.urgency === 'emergency') : null}
    </>
  );
}
