// Setting up the second factor 两步验证: a key for the authenticator, one code as proof, recovery codes to keep.
import { type FormEvent, useState } from 'react';
import { call } from '../../../ui/call.ts';
import { Field } from '../../../ui/Field.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { type QrPicture, qrPictureOf } from '../../../ui/qrPicture.ts';
import { uiWords } from '../../../ui/ui.words.ts';
import { sessionRoutes } from '../session.contract.ts';
import { sessionWords } from '../session.words.ts';
import { Gate } from './parts/Gate.tsx';

const words = sessionWords.secondFactor;

type Key = { key: string; picture: QrPicture };

export function SecondFactorScreen(props: { onDone: () => void; onCancel: () => void }) {
  const [key, setKey] = useState<Key | null>(null);
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const attempt = async (act: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const begin = () =>
    attempt(async () => {
      const begun = await call(sessionRoutes.beginSecondFactor);
      setKey({ key: begun.key, picture: await qrPictureOf(begun.otpauthUrl) });
    });
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      setCode('');
      setRecovery((await call(sessionRoutes.confirmSecondFactor, { body: { code } })).recoveryCodes);
    });
  };

  if (recovery !== null)
    return (
      <Gate title={words.recoveryTitle} lead={words.recoveryLead}>
        <div className="col steps">
          <ul className="recovery num">
            {recovery.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <button type="button" className="btn primary wide tall" onClick={props.onDone}>
            {words.copied}
          </button>
        </div>
      </Gate>
    );
  return (
    <Gate title={words.setUpTitle} lead={key === null ? words.setUpLead : words.scan}>
      <form className="col" onSubmit={confirm}>
        <Problem error={error} />
        {key === null ? (
          <button type="button" className="btn primary wide tall" aria-busy={isBusy} onClick={() => void begin()}>
            {words.begin}
          </button>
        ) : (
          <>
            <svg
              className="qr"
              role="img"
              aria-label={words.qrName}
              viewBox={`0 0 ${key.picture.size} ${key.picture.size}`}
            >
              <path d={key.picture.path} fill="#000" shapeRendering="crispEdges" />
            </svg>
            <p className="faint">
              {words.keyByHand} <code>{key.key}</code>
            </p>
            <Field
              label={words.code}
              value={code}
              onChange={(event) => setCode(event.target.value)}
              autoComplete="one-time-code"
              inputMode="numeric"
              required
              autoFocus
            />
            <button type="submit" className="btn primary wide tall" aria-busy={isBusy}>
              {words.confirm}
            </button>
          </>
        )}
        <button type="button" className="btn quiet wide" onClick={props.onCancel}>
          {uiWords.cancel}
        </button>
      </form>
    </Gate>
  );
}
