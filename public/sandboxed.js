// In a sandbox that gives the page no origin, browsers load no modules, so that nothing of the lab runs there. This is
// a classic script, which does: it shows what the page says of it.
if (self.origin === 'null') {
  const note = document.getElementById('sandboxed');
  const address = location.href.replace(/([#&])embed=1(?:&|$)/, '$1').replace(/[#&]$/, '');
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = 'sandboxed.css';
  document.head.append(style);
  note.querySelector('a').href = address;
  note.querySelector('code').textContent = address;
  note.hidden = false;
}
