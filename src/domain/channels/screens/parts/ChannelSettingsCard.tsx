// The hosts that messages may go to, and the address under which people open the program.
import { useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { type ChannelSettings, channelRoutes } from '../../channel.contract.ts';
import { channelPageWords } from '../../channel.words.ts';

const words = channelPageWords.settings;
const weixinHost = 'qyapi.weixin.qq.com';
const linesOf = (text: string): string[] =>
  text
    .split(/[\s,，;；]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function ChannelSettingsCard(props: {
  communityId: string;
  settings: ChannelSettings;
  onSaved: () => Promise<unknown>;
}) {
  const { settings } = props;
  const attempt = useIdempotencyKey();
  /** null: as they are kept. */
  const [hosts, setHosts] = useState<string | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const hostsText = hosts ?? settings.allowedHosts.join('\n');
  const linkText = link ?? settings.linkBase ?? '';
  const isChanged = hosts !== null || link !== null;
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await call(channelRoutes.amendChannelSettings, {
        params: { communityId: props.communityId },
        body: {
          allowedHosts: linesOf(hostsText),
          linkBase: linkText.trim() === '' ? null : linkText.trim(),
          version: settings.version,
        },
        key: attempt.key,
      });
      attempt.renew();
      await props.onSaved();
      setHosts(null);
      setLink(null);
      setSaved(true);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const change = (set: (text: string) => void) => (text: string) => {
    setSaved(false);
    set(text);
  };
  const fault = (path: string) => (error instanceof ProblemError ? error.at(path) : undefined);
  return (
    <Card title={words.title}>
      <form
        className="col channelsettings"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label className="field">
          <span className="label">{words.hosts}</span>
          <textarea
            rows={Math.max(3, hostsText.split('\n').length)}
            spellCheck={false}
            autoCapitalize="none"
            value={hostsText}
            onChange={(event) => change(setHosts)(event.target.value)}
          />
          <span className="hint">{words.hostsHint}</span>
        </label>
        {linesOf(hostsText).includes(weixinHost) ? null : (
          <div>
            <button
              type="button"
              className="linklike"
              onClick={() => change(setHosts)([...linesOf(hostsText), weixinHost].join('\n'))}
            >
              {words.weixin}
            </button>
          </div>
        )}
        <Field
          label={words.linkBase}
          hint={words.linkHint}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          value={linkText}
          fault={fault('linkBase')}
          onChange={(event) => change(setLink)(event.target.value)}
        />
        <Problem error={error} hideFields={['linkBase']} />
        <div className="row wrap">
          <button type="submit" className="btn primary" aria-busy={isBusy} disabled={!isChanged || isBusy}>
            {isBusy ? uiWords.saving : words.save}
          </button>
          {isSaved && !isChanged ? (
            <span role="status" className="muted">
              {words.saved}
            </span>
          ) : null}
        </div>
      </form>
    </Card>
  );
}
