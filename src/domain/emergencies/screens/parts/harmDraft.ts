// The harm 伤亡和损失 as its fields hold it, read into what the interface takes.
import { fenOfYuan, yuanOfFen } from '../../../../kernel/money.ts';
import type { Emergency, HarmInput } from '../../emergency.contract.ts';

export type HarmDraft = {
  people: string;
  deaths: string;
  injury: '' | 'none' | 'slight' | 'grave';
  loss: string;
  mediaReports: string;
  mediaDays: string;
  mediaOutlets: string;
};
export const noHarm: HarmDraft = {
  people: '',
  deaths: '',
  injury: '',
  loss: '',
  mediaReports: '',
  mediaDays: '',
  mediaOutlets: '',
};
export type HarmFaults = Partial<Record<keyof HarmDraft, 'badCount' | 'badMoney'>>;

const counts = ['people', 'deaths', 'mediaReports', 'mediaDays', 'mediaOutlets'] as const;

export function readHarm(draft: HarmDraft): { harm: HarmInput; faults: HarmFaults } {
  const harm: HarmInput = {};
  const faults: HarmFaults = {};
  for (const name of counts) {
    const text = draft[name].trim();
    if (text === '') continue;
    if (/^\d{1,5}$/.test(text)) harm[name] = Number(text);
    else faults[name] = 'badCount';
  }
  if (draft.loss.trim() !== '') {
    const fen = fenOfYuan(draft.loss);
    if (fen === null) faults.loss = 'badMoney';
    else harm.lossFen = fen;
  }
  if (draft.injury !== '') harm.injury = draft.injury;
  return { harm, faults };
}

export const harmDraftOf = (harm: Emergency['harm']): HarmDraft => ({
  people: harm.people?.toString() ?? '',
  deaths: harm.deaths?.toString() ?? '',
  injury: harm.injury ?? '',
  loss: harm.lossFen === null ? '' : yuanOfFen(harm.lossFen).replace(/\.00$/, ''),
  mediaReports: harm.mediaReports?.toString() ?? '',
  mediaDays: harm.mediaDays?.toString() ?? '',
  mediaOutlets: harm.mediaOutlets?.toString() ?? '',
});

/** Only what differs from what is on record; undefined: nothing does. */
export function changedHarm(now: HarmInput, before: Emergency['harm']): HarmInput | undefined {
  const changed = Object.entries(now).filter(([name, value]) => value !== before[name as keyof HarmInput]);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}
