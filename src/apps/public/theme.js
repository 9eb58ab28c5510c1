// Before the first paint: the light or dark page chosen on this device; without a choice the system's decides.
try {
  const chosen = localStorage.getItem('guanjia:theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be closed to the page; then the system's choice holds.
}
