// One slip a household with its QR code 链接和二维码, to be printed and cut; the room stands on the paper only.
import { useEffect, useState } from 'react';
import { Problem } from '../../../../ui/Problem.tsx';
import { type QrPicture, qrPictureOf } from '../../../../ui/qrPicture.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import type { Survey } from '../../survey.contract.ts';
import { surveyPageWords } from '../../survey-page.words.ts';
import { useSurveyLinks } from '../useSurveys.ts';

const words = surveyPageWords.letters;

export function SurveyLetters({ survey }: { survey: Survey }) {
  return survey.state === 'open' ? <Letters survey={survey} /> : <p className="notice plain">{words.over}</p>;
}

function Letters({ survey }: { survey: Survey }) {
  const list = useSurveyLinks(survey.id);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="row wrap no-print">
        <p className="muted grow">{words.lead}</p>
        {list.hasNextPage ? (
          <button type="button" className="btn" onClick={() => void list.fetchNextPage()}>
            {words.more}
          </button>
        ) : null}
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {rows.length === 0 && list.data ? <p className="notice plain">{words.none}</p> : null}
      <div className="letters">
        {rows.map((row) => (
          <Letter key={row.number} survey={survey} unit={row.unit} path={row.path} />
        ))}
      </div>
    </>
  );
}

function Letter({ survey, unit, path }: { survey: Survey; unit: string; path: string }) {
  const community = useCommunity();
  const [picture, setPicture] = useState<QrPicture | null>(null);
  useEffect(() => {
    let isGone = false;
    void qrPictureOf(`${window.location.origin}${path}`).then((made) => isGone || setPicture(made));
    return () => {
      isGone = true;
    };
  }, [path]);
  return (
    <article className="letter">
      <span>{community.name}</span>
      <h3>{survey.title}</h3>
      <b className="num">{unit}</b>
      {picture === null ? null : (
        <svg viewBox={`-2 -2 ${picture.size + 4} ${picture.size + 4}`} role="img" aria-label={words.scan}>
          <path d={picture.path} />
        </svg>
      )}
      <span>{words.scan}</span>
      <span className="num">{words.until(survey.endsOn)}</span>
    </article>
  );
}
