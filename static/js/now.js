// Keeps the page of a class as the class is: asks every few seconds while somebody looks, and changes what has changed.

const bar = document.querySelector("[data-follow]");
const [line, button, told, reload] = ["line", "switch", "told", "reload"].map((name) => bar.querySelector(`[data-${name}]`));
const EVERY = 2000; // milliseconds: with the answer’s own time a change is seen within three seconds
const LONGEST = 30000; // between two tries while the server does not answer
const QUIET = 20000; // no more often than this is a change read out
let stamp = "";
let timer = 0;
let wait = EVERY;
let stopped = false;
let busy = false;
let toldAt = 0;
let known = document.querySelector("#now").dataset.told; // what a reader has heard, or has found on the page

function say(state) {
  if (line.textContent !== line.dataset[state]) line.textContent = line.dataset[state];
}

function tell(words) {
  if (words === known || Date.now() - toldAt < QUIET) return;
  [known, toldAt] = [words, Date.now()];
  told.textContent = words ?? "";
}

// What stays the same is not touched, so that focus, scrolled places and what was opened stay as they are.
function isSame(own, fresh) {
  return own.nodeName === fresh.nodeName && own.id === fresh.id;
}

function bring(own, fresh) {
  if (own.nodeType !== Node.ELEMENT_NODE) {
    if (own.data !== fresh.data) own.data = fresh.data;
    return;
  }
  for (const { name, value } of fresh.attributes) if (own.getAttribute(name) !== value) own.setAttribute(name, value);
  for (const { name } of [...own.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) own.removeAttribute(name);
  const before = [...own.childNodes];
  const after = [...fresh.childNodes];
  before.slice(after.length).forEach((node) => node.remove());
  after.forEach((node, place) => {
    if (!before[place]) own.append(node);
    else if (isSame(before[place], node)) bring(before[place], node);
    else before[place].replaceWith(node);
  });
}

function show(html) {
  const own = document.querySelector("#now");
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#now");
  const focused = own.contains(document.activeElement) ? document.activeElement : null;
  const part = focused?.closest("section")?.getAttribute("aria-labelledby");
  bring(own, fresh);
  // What had the focus may have gone, or stand elsewhere now: then it goes on there, or at the head of its part.
  if (focused && !focused.isConnected) (document.getElementById(focused.id) ?? document.getElementById(part))?.focus();
}

async function look() {
  clearTimeout(timer);
  if (busy || stopped || document.hidden || !bar.isConnected) return;
  busy = true;
  const headers = { "Dongui-Unattended": "1", ...(stamp && { "If-None-Match": stamp }) };
  try {
    const options = { headers, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(LONGEST) };
    const reply = await fetch(bar.dataset.follow, options);
    if (reply.type === "opaqueredirect" || reply.status === 404) return window.location.reload(); // signed out, or no longer theirs
    if (!reply.ok && reply.status !== 304) throw new Error("no answer");
    if (reply.ok) {
      const html = await reply.text();
      if (bar.isConnected) show(html);
      stamp = reply.headers.get("ETag");
    }
    tell(document.querySelector("#now")?.dataset.told);
    wait = EVERY;
    say(stopped ? "stopped" : "following");
  } catch {
    wait = Math.min(2 * wait, LONGEST);
    say("offline");
  }
  busy = false;
  if (!stopped) timer = setTimeout(look, wait);
}

button.addEventListener("click", () => {
  stopped = !stopped;
  button.textContent = stopped ? button.dataset.goOn : button.dataset.stop;
  say(stopped ? "stopped" : "following");
  look();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden && !stopped) say("hidden");
  look();
});
window.addEventListener("online", look);
reload.hidden = true;
button.hidden = false;
say("following");
timer = setTimeout(look, EVERY);
