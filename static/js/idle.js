// A device that was put down: a warning first, then nothing of whoever used it stays in view. What a hand does counts,
// and is told to the server once a minute at most; the tabs of a browser count together. The server ends the session too.

const warning = document.querySelector("[data-idle]");
const { here, wayIn, whose } = warning.dataset;
const [left, all, warned, every] = ["left", "all", "warned", "every"].map((name) => 1000 * warning.dataset[name]);
const signOut = document.querySelector('form[action$="/sign-out"]');
const token = signOut.elements.csrf_token.value;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("here") : null;
const EARLY = 3000; // milliseconds before the server ends it, so that it can still be asked to
const HAND = ["pointerdown", "keydown", "click", "scroll", "input"];
let end = 0;
let next = 0; // from when on the server would write down that somebody is here

function goOn(remaining) {
  end = Date.now() + remaining;
  next = end - all + every;
  if (warning.open) warning.close();
}

function empty() {
  try {
    localStorage.clear();
    Object.keys(sessionStorage).filter((key) => !key.startsWith("q:")).forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // A browser may forbid storage; then there is nothing to clear.
  }
}

// An address without its fragment is fetched anew, by GET, and takes the place of this page in the history.
function leaveTo(address) {
  clearInterval(clock);
  document.title = "\u200e";
  document.body.replaceChildren();
  window.location.replace(address);
}

async function lock() {
  clearInterval(clock);
  next = Infinity; // a page that is emptied scrolls, and that is no hand
  document.body.replaceChildren();
  empty();
  tabs?.postMessage({ whose: "" });
  const body = new URLSearchParams({ csrf_token: token, why: "idle" });
  await fetch(signOut.action, { method: "POST", body, keepalive: true }).catch(() => {});
  leaveTo(wayIn);
}

async function tell() {
  next = Infinity; // until the answer is here
  try {
    const reply = await fetch(here, { method: "POST", body: new URLSearchParams({ csrf_token: token }) });
    if (!reply.ok || reply.redirected) throw new Error("not signed in");
    const remaining = 1000 * (await reply.json()).left;
    goOn(remaining);
    tabs?.postMessage({ whose, remaining });
  } catch {
    next = Date.now() + every;
  }
}

function look() {
  const now = Date.now();
  if (end - now > all) end = now + all; // the clock was set back
  if (now >= end - EARLY) lock();
  else if (now >= end - warned && !warning.open) warning.showModal();
}

const clock = setInterval(look, 1000);
goOn(left);
next = Date.now() + every; // the page itself was a use
// Who presses a way out is leaving: there is nothing to prolong, and the session would be gone before it is.
const note = ({ target }) => Date.now() >= next && !target.closest?.('form[action$="/sign-out"]') && tell();
for (const act of HAND) window.addEventListener(act, note, { capture: true, passive: true });
warning.querySelector("button").addEventListener("click", () => warning.close());
document.addEventListener("visibilitychange", look);
// Somebody else has signed in, or out, in another tab; or the browser has kept this page and shows it again on Back.
const SOON = 1000; // milliseconds: by then a sign-out in another tab has arrived
function again() {
  document.body.replaceChildren();
  clearInterval(clock);
  setTimeout(() => leaveTo(window.location.pathname + window.location.search), SOON);
}
tabs?.addEventListener("message", ({ data }) => (data.whose === whose ? goOn(data.remaining) : again()));
window.addEventListener("pageshow", (event) => event.persisted && again());
document.addEventListener("submit", ({ target }) => target.action?.endsWith("/sign-out") && tabs?.postMessage({ whose: "" }));
tabs?.postMessage({ whose, remaining: left });
