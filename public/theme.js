// Sets the theme before the first paint. A file of its own, because the policy allows no inline script.
try {
  const linked = /[#&]theme=(light|dark)(?:&|$)/.exec(location.hash)?.[1];
  const stored = localStorage.getItem('dml-theme');
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme =
    linked ?? (stored === 'light' || stored === 'dark' ? stored : prefersDark ? 'dark' : 'light');
} catch {
  document.documentElement.dataset.theme = 'light';
}
