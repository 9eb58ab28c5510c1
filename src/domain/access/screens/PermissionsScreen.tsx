// Who may do what 权限一览: the table that the server decides by, to be read.
import { useState } from 'react';
import { Choice } from '../../../ui/Choice.tsx';
import { breadths, permissions, permissionTable } from '../permission.rules.ts';
import { breadthWords, permissionPageWords, permissionWords } from '../permission.words.ts';
import { type Role, roles } from '../role.contract.ts';
import { roleWords } from '../role.words.ts';
import { SettingsTabs } from './parts/SettingsTabs.tsx';

const words = permissionPageWords;
/** Posts that hold nothing yet have no column. */
const shownRoles = roles.filter((role) => permissions.some((one) => permissionTable[one][role] !== undefined));
const choices = Object.fromEntries(shownRoles.map((role) => [role, roleWords[role]])) as Record<Role, string>;

export function PermissionsScreen() {
  const [role, setRole] = useState<Role | ''>('');
  const columns = role === '' ? shownRoles : [role];
  const rows = role === '' ? permissions : permissions.filter((one) => permissionTable[one][role] !== undefined);
  return (
    <div className="stack">
      <SettingsTabs current="permissions" />
      <div className="row wrap pagehead">
        <h1>{words.title}</h1>
        <span className="muted">{words.lead}</span>
      </div>
      <section className="card">
        <div className="tablebar">
          <Choice
            label={words.filterRole}
            isLabelHidden
            none={words.allRoles}
            value={role}
            words={choices}
            onChange={setRole}
          />
          <span className="grow" />
          {[...breadths].reverse().map((breadth) => (
            <span key={breadth} className="row">
              <span className={`reach ${breadth} center`}>{breadthWords[breadth].short}</span>
              <span className="muted">{breadthWords[breadth].long}</span>
            </span>
          ))}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard */}
        <section className="matrixbox" aria-label={words.title} tabIndex={0}>
          <table className="matrix">
            <thead>
              <tr>
                <th scope="col">{words.permission}</th>
                {columns.map((one) => (
                  <th key={one} scope="col">
                    <span>{roleWords[one]}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((permission) => (
                <tr key={permission}>
                  <th scope="row">{permissionWords[permission]}</th>
                  {columns.map((one) => {
                    const breadth = permissionTable[permission][one];
                    return (
                      <td key={one}>
                        {breadth === undefined ? (
                          <span className="unseen">{words.no}</span>
                        ) : (
                          <span
                            className={`reach ${breadth}`}
                            title={words.cell(roleWords[one], permissionWords[permission], breadthWords[breadth].long)}
                          >
                            {breadthWords[breadth].short}
                          </span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </section>
    </div>
  );
}
