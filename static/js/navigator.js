// The help navigator: one calm question at a time, then the plan that fits. What is chosen lives in this page view alone:
// nothing is kept, sent, or written into the address. Conditions are read as curriculum/support/plan.py reads them.

const root = document.querySelector("[data-navigator]");
const questions = [...root.querySelectorAll("[data-question]")];
const folds = [...root.querySelectorAll("details")];
const entries = ".plan-entry:not([hidden])";
let answers = {}; // question -> option
let answered = []; // the questions behind us, in order

function fits(condition) {
  return condition === "" || condition.split(" ").every((part) => {
    const [question, options] = part.split("=");
    return options.split(",").includes(answers[question]);
  });
}

function say(text) {
  for (const line of root.querySelectorAll("[role=status]")) line.textContent = text;
}

function show(view) {
  root.dataset.now = view;
  for (const part of root.querySelectorAll("[data-view]")) part.hidden = !part.dataset.view.split(" ").includes(view);
  say("");
}

function focusOn(heading) {
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}

// Everything as the server sent it: all entries, folded.
function unfiltered() {
  for (const part of root.querySelectorAll("[data-when], .plan-group, .plan-step")) part.hidden = false;
  for (const fold of folds) fold.open = false;
  root.querySelector("[data-text]").hidden = true;
  root.querySelector("textarea").value = "";
}

function ask(question) {
  unfiltered();
  show("questions");
  for (const one of questions) one.hidden = one !== question;
  question.querySelector("[data-count]").textContent = root.dataset.place.replace("0", String(answered.length + 1));
  focusOn(question.querySelector("h2"));
}

function showPlan() {
  show("plan");
  for (const part of root.querySelectorAll("[data-when]")) part.hidden = !fits(part.dataset.when);
  for (const fold of folds) fold.open = true;
  for (const part of root.querySelectorAll(".plan-group, .plan-step")) part.hidden = !part.querySelector(entries);
  focusOn(root.querySelector(".plan-head h2"));
}

function goOn() {
  const following = questions.find((one) => !(one.dataset.question in answers) && fits(one.dataset.asked));
  if (following) ask(following);
  else showPlan();
}

function next() {
  const question = questions.find((one) => !one.hidden);
  const chosen = question.querySelector(":checked");
  if (!chosen) {
    say(root.dataset.choose);
    return;
  }
  answers[question.dataset.question] = chosen.value;
  answered.push(question);
  goOn();
}

function forget() {
  answers = {};
  answered = [];
  for (const input of root.querySelectorAll("input")) input.checked = false;
  unfiltered();
  show("intro");
}

function restart() {
  forget();
  focusOn(root.querySelector(".limits h2"));
}

function back() {
  const question = answered.pop();
  if (!question) {
    restart();
    return;
  }
  delete answers[question.dataset.question];
  ask(question);
}

function all() {
  show("all");
  focusOn(root.querySelector(".role summary"));
}

// To a part of the plan without an address of its own.
function go(button) {
  const place = [...root.querySelectorAll("[data-do=go]")].indexOf(button);
  focusOn(root.querySelectorAll(".role:not([hidden]) .plan-step h3")[place]);
}

function linesOf(entry) {
  const blocks = [...entry.querySelectorAll(".plan-entry__text :is(p, li)")].filter((one) => !one.querySelector("p, li"));
  const texts = blocks.map((block) => {
    const words = block.cloneNode(true);
    for (const mark of words.querySelectorAll("sup")) mark.remove();
    return (block.closest("li") ? "- " : "") + words.textContent.trim();
  });
  const rows = [...entry.querySelectorAll(".contact-row")].map((row) => {
    const told = [row.querySelector(".contact-row__phone"), row.querySelector(".contact-row__name")];
    const address = row.querySelector("a[href^=http]")?.href;
    return `- ${[...told.map((one) => one?.textContent), address].filter(Boolean).join(" ")}`;
  });
  return [...texts, ...rows];
}

// The first line is what a lock screen or a list of notes shows: it is the page's neutral heading.
function plainText() {
  const steps = [...root.querySelectorAll(".role:not([hidden]) .plan-step:not([hidden])")];
  const parts = steps.map((step, place) =>
    [`${place + 1}. ${step.querySelector("h3").textContent}`, ...[...step.querySelectorAll(entries)].flatMap(linesOf)]);
  return [[root.querySelector("h1").textContent], ...parts].map((lines) => lines.join("\n")).join("\n\n");
}

async function copy() {
  const text = plainText();
  try {
    await navigator.clipboard.writeText(text); // not there without HTTPS
    say(root.dataset.copied);
  } catch {
    root.querySelector("[data-text]").hidden = false;
    const field = root.querySelector("textarea");
    field.value = text;
    field.focus();
    field.select();
    say(root.dataset.select);
  }
}

const acts = { begin: goOn, all, next, back, restart, go, copy, print: () => window.print() };
root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) acts[button.dataset.do](button);
});
root.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.type === "radio") next();
});
// A browser may keep the page as it was and show it again on Back: then nothing chosen may still stand there.
window.addEventListener("pagehide", forget);
forget();
