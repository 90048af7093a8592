// What stays with the student: compared here, printed if wished, gone with the page. Nothing of it is sent or kept.

const FIELDS = "[data-private] :is(input, textarea)";

function clear(part) {
  for (const field of part.querySelectorAll(FIELDS)) field.value = field.defaultValue;
}

function forget() {
  clear(document);
  for (const mine of document.querySelectorAll("[data-mine]")) mine.hidden = true;
}

function compare(told) {
  const mine = told.querySelector("[data-mine]");
  const guess = mine && document.getElementById(mine.dataset.mine).value;
  if (!guess) return;
  mine.querySelector("strong").textContent = guess;
  mine.hidden = false;
}

// What is told takes the place of the button that asked for it, whoever brings it.
function meet(changes) {
  for (const told of changes.flatMap((change) => [...change.addedNodes])) {
    if (!told.matches?.("[data-private] [data-told]")) continue;
    compare(told);
    told.focus();
  }
}

function print(part) {
  part.dataset.printing = "";
  document.documentElement.classList.add("prints-one");
  window.print();
  document.documentElement.classList.remove("prints-one");
  delete part.dataset.printing;
}

document.addEventListener("click", ({ target }) => {
  const part = target.closest("[data-print], [data-clear]")?.closest(".item");
  if (!part) return;
  if (target.closest("[data-print]")) print(part);
  else clear(part);
});

document.addEventListener("keydown", (event) => {
  // Enter in a field of one line would send the whole quiz.
  if (event.key === "Enter" && event.target.matches(`input:is(${FIELDS})`)) event.preventDefault();
});

new MutationObserver(meet).observe(document.body, { childList: true, subtree: true });
window.addEventListener("pagehide", forget);
