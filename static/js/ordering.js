// Putting steps in order with two buttons each; the hidden selects carry the places to the server.

function place(option) {
  return option.querySelector(".ordering__place");
}

function number(list) {
  const options = [...list.children];
  options.forEach((option, index) => {
    place(option).value = String(index + 1);
    const [up, down] = option.querySelectorAll(".ordering__move");
    up.setAttribute("aria-disabled", String(index === 0));
    down.setAttribute("aria-disabled", String(index === options.length - 1));
  });
}

// An order that nobody has touched is no response: what is disabled is not sent, and the page asks for it.
function count(list, isResponse) {
  for (const option of list.children) place(option).disabled = !isResponse;
}

function move(list, option, before, button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  list.insertBefore(option, before);
  number(list);
  count(list, true);
  button.focus();
  list.nextElementSibling.textContent = list.dataset.moved.replace("0", place(option).value);
  place(option).dispatchEvent(new Event("change", { bubbles: true })); // as a hand would
}

function offerMoves(list, option) {
  const moves = option.querySelector(".ordering__moves");
  const [up, down] = moves.children;
  up.addEventListener("click", () => move(list, option, option.previousElementSibling, up));
  down.addEventListener("click", () => {
    move(list, option, option.nextElementSibling?.nextElementSibling ?? null, down);
  });
  moves.hidden = false;
}

function offer(list) {
  const options = [...list.children];
  const wasChosen = options.some((option) => place(option).value !== "");
  // Places that were chosen before stay; what has none keeps its turn.
  options.sort((one, other) => (Number(place(one).value) || 99) - (Number(place(other).value) || 99));
  list.append(...options);
  options.forEach((option) => offerMoves(list, option));
  list.classList.add("ordering--moved");
  number(list);
  count(list, wasChosen);
}

export function offerOrdering(root) {
  root.querySelectorAll("[data-ordering]").forEach(offer);
}

offerOrdering(document);
