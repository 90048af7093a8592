// A story, one scene at a time. The way through it lives in this page view alone: nothing is kept, sent, or written into
// the address. What was chosen goes into the form for the class, where there is one, and is sent only by its button.

const root = document.querySelector("[data-story]");
const scenes = [...root.querySelectorAll("[data-scene]")];
const moves = root.querySelector("[data-moves]");
const add = root.querySelector("[data-add]");
let way = []; // the scenes come through, the last one in view: {scene, then, choice}

function fillIn() {
  for (const field of add.querySelectorAll("select")) {
    field.value = way.find(({ scene }) => `scene-${scene.dataset.scene}` === field.name)?.choice ?? "";
  }
  add.hidden = !("ending" in way.at(-1).scene.dataset);
}

function show() {
  const { scene, then } = way.at(-1);
  for (const one of scenes) one.hidden = one !== scene;
  root.querySelector(".then--now")?.remove();
  if (then) {
    const told = then.cloneNode(true);
    told.classList.add("then--now");
    scene.querySelector("h2").after(told);
  }
  moves.hidden = way.length < 2;
  if (add) fillIn();
}

function look() {
  show();
  const heading = way.at(-1).scene.querySelector("h2");
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}

function choose(link) {
  const scene = root.querySelector(link.hash);
  way.at(-1).choice = link.dataset.choice;
  const before = way.findIndex((step) => step.scene === scene);
  if (before >= 0) way.length = before; // back to think again: what came after it is forgotten
  way.push({ scene, then: link.parentElement.querySelector(".then") });
  look();
}

function begin() {
  way = [{ scene: scenes[0] }];
}

const acts = { back: () => way.pop(), restart: begin };
root.addEventListener("click", (event) => {
  const link = event.target.closest("[data-choice]");
  const button = event.target.closest("[data-do]");
  if (link) {
    event.preventDefault(); // or the address would tell the way
    choose(link);
  } else if (button) {
    acts[button.dataset.do]();
    look();
  }
});

function open() {
  begin();
  show();
}

// A browser may keep the page as it was and show it again on Back: then nothing of the way may still stand there.
window.addEventListener("pagehide", open);
root.classList.add("story--played");
open();
