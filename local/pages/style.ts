/** The look of the local cloud's own pages. They are no part of the app and share nothing with it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f6f3, #141517);
  --sheet: light-dark(#ffffff, #1d1f22);
  --ink: light-dark(#1b1d20, #ecedee);
  --quiet: light-dark(#5c6168, #a2a8b0);
  --line: light-dark(#e2e2dc, #303338);
  --accent: light-dark(#0b5f52, #5fd0b8);
  --accent-ground: light-dark(#e3f2ee, #16332d);
  --alarm: light-dark(#9a3412, #ffb38a);
  --alarm-ground: light-dark(#fdf0e8, #33231a);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
}
main { max-width: 44rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 4rem) 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 .5rem; }
h2 { font-size: 1rem; margin: 2.5rem 0 .75rem; }
p { margin: 0 0 1rem; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
code, pre, .code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre { font-size: .8125rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 10px; padding: 1rem; }
ul.plain { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.25rem; }
.card h3 { font-size: 1rem; margin: 0; }
.card p:last-child { margin-bottom: 0; }
a.card { display: block; color: inherit; text-decoration: none; }
a.card:hover { border-color: var(--accent); }
a.card h3 { color: var(--accent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.25rem; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; color: var(--quiet); overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
button { font: inherit; color: var(--accent); background: var(--accent-ground); border: 0; border-radius: 8px;
  padding: .375rem .75rem; cursor: pointer; min-height: 2.25rem; }
button:disabled { cursor: progress; opacity: .6; }
.note { border-left: 3px solid var(--accent); padding-left: .875rem; }
`;
