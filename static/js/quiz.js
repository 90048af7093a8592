// Saves each answer as it is given and brings its feedback. The form does the same without this script.

import { offerOrdering } from "./ordering.js";

const form = document.querySelector("[data-quiz]");
const saving = form?.querySelector("[data-saving]");
const words = saving?.querySelector("[data-saving-words]");
const FIRST_RETRY = 2000; // milliseconds; doubled until
const LAST_RETRY = 30000;
const SLOW = 1000; // a save that takes longer is said to be under way
const DAY = 24 * 3600 * 1000;
const KEPT = new Set(["token", "signed-out", "changed", "ahead"]); // sent once the page is right again

const owner = form?.elements.owner.value;
const place = `q:${owner}:${form?.dataset.attempt}`;
const pending = new Map(); // item id -> { counter, fields, half: known to be chosen in part only }
let retry = FIRST_RETRY;
let timer = 0;
let busy = false;
let failed = false;
let refused = "";

function partOf(id) {
  return form.querySelector(`[data-part="${CSS.escape(id)}"]`);
}

function fieldsOf(id) {
  const name = `item-${id}`;
  return [...new FormData(form)].filter(([field]) => field === name || field.startsWith(`${name}.`));
}

// What could not be sent yet outlives a reload and a new sign-in of the same student: ids and choices.

function remember() {
  if (!form.isConnected) return; // left by the quick exit, which leaves nothing behind
  try {
    if (pending.size === 0) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify({ at: Date.now(), items: [...pending] }));
  } catch {
    // A browser may forbid storage; the page still holds the answers.
  }
}

function recall() {
  try {
    for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith("q:"))) {
      const isOld = Date.now() - JSON.parse(sessionStorage.getItem(key)).at > DAY;
      if (isOld || !key.startsWith(`q:${owner}:`)) sessionStorage.removeItem(key);
    }
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    kept?.items.forEach(([id, answer]) => restore(id, answer));
    remember();
  } catch {
    // As above.
  }
}

function restore(id, { fields }) {
  const part = partOf(id);
  if (!part) return;
  for (const control of part.querySelectorAll("input:not([type=hidden]), select")) {
    const given = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "radio" || control.type === "checkbox") control.checked = given.includes(control.value);
    else [control.value] = given.length ? given : [control.value];
  }
  note(id);
}

function waiting() {
  return [...pending].filter(([, answer]) => !answer.half);
}

function say() {
  saving.hidden = false;
  for (const line of saving.querySelectorAll("[data-refused]")) line.hidden = line.dataset.refused !== refused;
  words.hidden = Boolean(refused) && refused !== "locked";
  const count = waiting().length;
  const { unsaved, half, saved } = words.dataset;
  words.textContent = count ? unsaved.replace("0", count) : pending.size ? half : saved;
}

function note(id) {
  const counter = Math.max(Number(partOf(id).dataset.counter), pending.get(id)?.counter ?? 0) + 1;
  pending.set(id, { counter, fields: fieldsOf(id) });
  remember();
}

async function post(id, { counter, fields }, asks) {
  const told = ["csrf_token", "number", "version", "owner"].map((name) => [name, form.elements[name].value]);
  const body = new URLSearchParams([...told, ["item", id], ...fields]);
  if (counter) body.set("counter", counter);
  if (asks) body.set("check", "1");
  const response = await fetch(form.dataset.answer + location.search, { method: "POST", body });
  if (response.status >= 500) throw new Error("not saved");
  return response.json();
}

// A new sign-in or a restarted server gives new tokens, taken only for the student whose page this is.
async function renew() {
  const response = await fetch(location.href, { headers: { "Dongui-Unattended": "1" } });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-quiz]");
  const now = fresh?.elements.owner.value;
  if (now === owner) form.elements.csrf_token.value = fresh.elements.csrf_token.value;
  return now === owner ? "" : now ? "owner" : "signed-out";
}

async function sent(id, answer, asks) {
  let reply = await post(id, answer, asks);
  if (reply.state === "token" || reply.state === "signed-out") {
    refused = await renew();
    if (refused) return { state: refused };
    reply = await post(id, answer, asks);
    if (reply.state === "token") throw new Error("not saved");
  }
  if (reply.state !== "stale") return reply;
  partOf(id).dataset.counter = reply.counter; // what is chosen here is the latest that was chosen
  return sent(id, { ...answer, counter: reply.counter + 1 }, asks);
}

function settle(id, answer, reply) {
  const isTaken = ["saved", "told", "incomplete"].includes(reply.state);
  if (!isTaken || refused !== "locked") refused = isTaken ? "" : reply.state; // that one was locked stays said
  if (reply.counter) partOf(id).dataset.counter = reply.counter;
  const own = pending.get(id);
  if (own?.counter === answer.counter) {
    if (reply.state === "incomplete") own.half = true;
    else if (!KEPT.has(refused)) pending.delete(id);
  }
  if (refused && refused !== "locked" && !KEPT.has(refused)) pending.clear();
  remember();
}

async function flush() {
  if (busy) return;
  busy = true;
  clearTimeout(timer);
  try {
    while (waiting().length) {
      const [[id, answer]] = waiting();
      settle(id, answer, await sent(id, answer, false));
      if (refused && refused !== "locked") break;
    }
    [failed, retry] = [false, FIRST_RETRY];
  } catch {
    failed = true;
  }
  busy = false;
  if (failed || refused === "signed-out") timer = setTimeout(flush, (retry = Math.min(2 * retry, LAST_RETRY)));
  say();
}

function complain(part, sentence) {
  part.querySelector(".field__error")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "field__error", textContent: sentence });
  line.role = "alert";
  part.querySelector(".item__check")?.before(line);
}

// Of a part that stays with the student only what it tells is new: what was typed must not be lost.
function show(part, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-part]");
  const told = part.querySelector("[data-told]");
  if (told) {
    told.replaceWith(fresh.querySelector("[data-told]"));
    return;
  }
  part.replaceWith(fresh);
  offerOrdering(fresh);
  fresh.focus();
}

async function ask(part) {
  const id = part.dataset.part;
  const answer = pending.get(id) ?? { fields: fieldsOf(id) };
  try {
    const reply = await sent(id, answer, true);
    settle(id, answer, reply);
    if (reply.html) show(part, reply.html);
    if (reply.said) complain(part, reply.said);
    failed = false;
  } catch {
    failed = true;
    if (owner && answer.fields.length) note(id);
    timer = setTimeout(flush, retry);
  }
  if (owner || failed || refused) say();
}

if (form) {
  form.addEventListener("change", (event) => {
    const id = event.target.name && event.target.closest("[data-part]")?.dataset.part;
    if (!owner || !id) return;
    note(id);
    words.textContent = ""; // what it says is true no more
    setTimeout(() => pending.size && say(), SLOW);
    flush();
  });
  form.addEventListener("submit", (event) => {
    const isCheck = event.submitter?.name === "check";
    if (isCheck || (failed && !navigator.onLine)) event.preventDefault();
    if (isCheck) ask(event.submitter.closest("[data-part]"));
    else if (!event.defaultPrevented) pending.clear(); // the form carries every answer
  });
  window.addEventListener("online", flush);
  window.addEventListener("focus", () => pending.size && flush());
  window.addEventListener("beforeunload", (event) => {
    // A page left by the quick exit is blank by now, and must never be asked about.
    if (pending.size && form.isConnected) event.preventDefault();
  });
  if (owner) recall();
  if (pending.size) flush();
}
