// Our values mapped onto Ant Design. The numbers repeat tokens.css because antd derives shades from them.
import { theme as antdTheme, type ThemeConfig } from 'antd';

const light = {
  colorPrimary: '#0f6b5c',
  colorInfo: '#2a5bd7',
  colorSuccess: '#23703f',
  colorWarning: '#955600',
  colorError: '#c2361f',
  colorLink: '#0f6b5c',
  colorBgBase: '#ffffff',
  colorBgLayout: '#f4f5f7',
  colorBgContainer: '#ffffff',
  colorBgElevated: '#ffffff',
  colorTextBase: '#1b2230',
  colorText: '#1b2230',
  colorTextSecondary: '#535d6e',
  colorTextTertiary: '#5f6877',
  colorTextPlaceholder: '#5f6877',
  colorBorder: '#868f9e',
  colorBorderSecondary: '#e6e8ec',
};

const dark = {
  colorPrimary: '#3bb39c',
  colorInfo: '#7aa2ff',
  colorSuccess: '#63c98f',
  colorWarning: '#f0b04a',
  colorError: '#ff7a63',
  colorLink: '#3bb39c',
  colorBgBase: '#0f1319',
  colorBgLayout: '#0f1319',
  colorBgContainer: '#171c24',
  colorBgElevated: '#1d232d',
  colorTextBase: '#e8ecf2',
  colorText: '#e8ecf2',
  colorTextSecondary: '#a8b2c0',
  colorTextTertiary: '#8a95a6',
  colorTextPlaceholder: '#8a95a6',
  colorBorder: '#667082',
  colorBorderSecondary: '#262d38',
};

export const antdThemeOf = (isDark: boolean): ThemeConfig => ({
  algorithm: isDark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
  cssVar: { key: 'guanjia' },
  hashed: false,
  token: {
    ...(isDark ? dark : light),
    colorTextLightSolid: isDark ? '#06221c' : '#ffffff',
    fontFamily: 'var(--font)',
    fontSize: 14,
    borderRadius: 5,
    borderRadiusLG: 8,
    controlHeight: 32,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    wireframe: false,
  },
});
