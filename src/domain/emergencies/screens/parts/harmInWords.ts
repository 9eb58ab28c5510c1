// `受影响 3 人，轻伤，损失 2000 元`: what is known of the harm, in one line.
import { yuanOfFen } from '../../../../kernel/money.ts';
import type { Emergency } from '../../emergency.contract.ts';
import { emergencyNewWords, emergencyPageWords } from '../../emergency-page.words.ts';

const words = emergencyPageWords.harm;

export function harmInWords(harm: Emergency['harm']): string {
  const said = [
    harm.people === null ? null : words.people(harm.people),
    harm.deaths === null ? null : words.deaths(harm.deaths),
    harm.injury === null ? null : (emergencyNewWords.injuries[harm.injury] ?? ''),
    harm.lossFen === null ? null : words.loss(yuanOfFen(harm.lossFen).replace(/\.00$/, '')),
    harm.mediaReports === null ? null : words.media(harm.mediaReports),
    harm.mediaDays === null ? null : words.mediaDays(harm.mediaDays),
    harm.mediaOutlets === null ? null : words.mediaOutlets(harm.mediaOutlets),
  ].filter((part) => part !== null);
  return said.length === 0 ? emergencyPageWords.harmUnknown : said.join('，');
}
