// Light, dark or as the system: three lines of a menu.

import { uiWords } from './ui.words.ts';
import { chooseTheme, themeChoices, useThemeChoice } from './useTheme.ts';

export function ThemeMenu() {
  const chosen = useThemeChoice();
  return themeChoices.map((choice) => (
    <button key={choice} type="button" aria-current={choice === chosen} onClick={() => chooseTheme(choice)}>
      <span className="grow">{`${uiWords.theme.word} · ${uiWords.theme[choice]}`}</span>
      {choice === chosen ? <span aria-hidden="true">✓</span> : null}
    </button>
  ));
}
