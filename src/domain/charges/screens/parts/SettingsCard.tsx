// The general notice 缴费须知, the developer who pays for what is not sold, and since when late fees 滞纳金 are charged.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Day } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { chargeItemRoutes } from '../../charge-item.contract.ts';
import { chargeItemPageWords as words } from '../../charging-page.words.ts';

export function SettingsCard({ communityId, mayEdit }: { communityId: string; mayEdit: boolean }) {
  const client = useQueryClient();
  const params = { communityId };
  const settings = useQuery({
    queryKey: ['charging-settings', communityId],
    queryFn: ({ signal }) => call(chargeItemRoutes.readChargingSettings, { params, signal }),
  });
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isSaved, setSaved] = useState(false);
  const [lateFrom, setLateFrom] = useState<Day | null | undefined>(undefined);
  const kept = settings.data?.noticeText ?? '';
  // What somebody else saved is shown as long as nothing was typed here.
  useEffect(() => setText((typed) => (typed === kept ? null : typed)), [kept]);
  if (!settings.data) return <Problem error={settings.error} />;
  const shown = text ?? kept;
  const keptFrom = settings.data.lateFeesFrom;
  const from = lateFrom === undefined ? keptFrom : lateFrom;
  const isSame = shown === kept && from === keptFrom;
  const save = async () => {
    setError(null);
    try {
      await call(chargeItemRoutes.amendChargingSettings, {
        params,
        body: { version: settings.data.version, noticeText: shown, lateFeesFrom: from },
      });
      setSaved(true);
      await client.invalidateQueries({ queryKey: ['charging-settings', communityId] });
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <Card title={words.notice}>
      <div className="col">
        <label className="field">
          <span className="hint">{words.noticeHint}</span>
          <textarea
            rows={4}
            maxLength={2000}
            aria-label={words.notice}
            value={shown}
            readOnly={!mayEdit}
            onChange={(event) => {
              setSaved(false);
              setText(event.target.value);
            }}
          />
        </label>
        {settings.data.developer === null ? null : (
          <p className="muted">
            {words.developer}：{settings.data.developer.name}
          </p>
        )}
        <DayField
          label={words.lateFees}
          hint={words.lateFeesHint(settings.data.lateFeeRule)}
          value={from}
          isDisabled={!mayEdit}
          onChange={(day) => {
            setSaved(false);
            setLateFrom(day);
          }}
        />
        <Problem error={error} />
        {mayEdit ? (
          <div className="row">
            <button type="button" className="btn" disabled={isSame} onClick={() => void save()}>
              {words.saveSettings}
            </button>
            {isSaved && isSame ? <span className="muted">{words.saved}</span> : null}
          </div>
        ) : null}
      </div>
    </Card>
  );
}
