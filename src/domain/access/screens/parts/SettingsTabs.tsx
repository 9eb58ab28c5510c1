// The pages of the settings 设置 beside each other; those one may not open aren't named.
import { Link } from '@tanstack/react-router';
import { accountWords } from '../../account.words.ts';
import { useCommunity, useMay } from './session.ts';
import './settings.css';

const tabs = [
  { key: 'accounts', path: 'settings', permission: 'role.grant' },
  { key: 'permissions', path: 'settings/permissions', permission: 'staff.read' },
  { key: 'holidays', path: 'settings/holidays', permission: 'holiday.write' },
  { key: 'channels', path: 'settings/channels', permission: 'setting.write' },
  { key: 'imports', path: 'imports', permission: 'import.run' },
] as const;

export function SettingsTabs({ current }: { current: (typeof tabs)[number]['key'] }) {
  const community = useCommunity();
  const may = useMay();
  const open = tabs.filter((tab) => may(tab.permission));
  return (
    <nav className="settingstabs" aria-label={accountWords.settings}>
      {open.map((tab) => (
        <Link
          key={tab.key}
          to={`/c/${community.code}/${tab.path}`}
          className={tab.key === current ? 'on' : ''}
          aria-current={tab.key === current ? 'page' : undefined}
        >
          {accountWords.tabs[tab.key]}
        </Link>
      ))}
    </nav>
  );
}
