// Ant Design in our look, our language and our theme; every page of the staff app stands inside.
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useMemo } from 'react';
import { antdThemeOf } from '../../ui/theme.ts';
import { useIsDark } from '../../ui/useTheme.ts';

dayjs.locale('zh-cn');

export function AntdLook({ children }: { children: ReactNode }) {
  const isDark = useIsDark();
  const theme = useMemo(() => antdThemeOf(isDark), [isDark]);
  return (
    // Two-character buttons get a space inserted otherwise.
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
