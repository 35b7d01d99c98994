// The demo shows two frames, and only one frame can have the focus. The app counts a message as read only in a page
// with the focus (components/browser/page-focus.ts), so the demo's page tells both frames whether the window has the
// focus. A timer does this, because the page gets no event when a frame has loaded the app, and none when the window
// loses the focus while a frame has the focus.

export const TELL_FOCUS_SCRIPT = `
setInterval(() => {
  const told = { parley: "focus", focused: document.hasFocus() };
  for (const frame of document.querySelectorAll("iframe")) frame.contentWindow.postMessage(told, "*");
}, 250);
`;
