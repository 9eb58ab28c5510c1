// The level that the facts propose while one types, who will be told of it, and who has to take it over by when.
import { Card } from '../../../../ui/Card.tsx';
import type { Role } from '../../../access/role.contract.ts';
import { postWords } from '../../../cases/case.words.ts';
import { findRule } from '../../../cases/case-clocks.rules.ts';
import { Select } from '../../../cases/screens/parts/moveFields.tsx';
import { limitInWords } from '../../../clocks/clock.words.ts';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import { rankOf } from '../../../complaints/complaint-severity.rules.ts';
import { severities } from '../../../complaints/complaint-shapes.contract.ts';
import { severityTag } from '../../../complaints/screens/parts/complaintLook.ts';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import type { EmergencyCategory, HarmInput, Severity } from '../../emergency.contract.ts';
import { toldOf } from '../../emergency.rules.ts';
import { levelFactWords } from '../../emergency.words.ts';
import { deciderOf, harmFrom, levelByFacts } from '../../emergency-level.rules.ts';
import { emergencyNewWords as words } from '../../emergency-page.words.ts';

export function NewLevel(props: {
  document: StandardDocument;
  category: EmergencyCategory;
  harm: HarmInput;
  chosen: Severity | '';
  fault: string | undefined;
  onChange: (severity: Severity | '') => void;
}) {
  const { document, category, chosen } = props;
  const proposed = levelByFacts(document, category, harmFrom(props.harm));
  const severity = chosen !== '' && rankOf(chosen) > rankOf(proposed.severity) ? chosen : proposed.severity;
  const rule = findRule(document, 'respond', severity);
  const told = toldOf(document, { category, severity });
  return (
    <Card title={words.level}>
      <div className="col gap">
        <p className="row wrap">
          <span className={severityTag(severity)}>{severityWords[severity]}</span>
          <span className="muted">
            {words.levelBy(levelFactWords[severity === proposed.severity ? proposed.fact : 'raised'])}
          </span>
        </p>
        <Select
          label={words.levelOwn}
          value={chosen}
          options={[
            ['', words.asProposed],
            ...severities
              .filter((one) => rankOf(one) > rankOf(proposed.severity))
              .map((one) => [one, severityWords[one]] as const),
          ]}
          fault={props.fault}
          onChange={(one) => props.onChange(one as Severity | '')}
        />
        <div>
          <b>{words.tells}</b>
          <p>{told.map((one) => postWords[one.role as Role]).join('、')}</p>
          {document.emergency.repeats.value.includes(severity) ? (
            <p className="faint">{words.tellsAgain(document.emergency.repeatMinutes.value)}</p>
          ) : null}
        </div>
        <p>
          {words.takenOver(
            postWords[deciderOf(document, severity)],
            rule?.limit ? words.within(limitInWords(rule.limit)) : '',
          )}
        </p>
      </div>
    </Card>
  );
}
