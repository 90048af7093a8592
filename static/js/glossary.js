// Explained words: a tap unfolds below the paragraph what the margin says. Without a script the word leads to the margin.

let open = null; // the word that is unfolded, with its box

function fold() {
  open?.word.setAttribute("aria-expanded", "false");
  open?.box.remove();
  open = null;
}

function unfold(word) {
  const [term, meaning] = document.querySelector(word.hash).children;
  const box = document.createElement("span");
  const name = document.createElement("strong");
  name.textContent = term.textContent;
  box.append(name, " ", meaning.textContent);
  box.id = "word-box";
  box.className = "word-box";
  box.lang = term.lang;
  (word.closest("p, li, td, th") ?? word.parentElement).append(box); // in the flow of the text, so that it lies over nothing
  word.setAttribute("aria-expanded", "true");
  open = { word, box };
}

function press(event) {
  const word = event.currentTarget;
  event.preventDefault();
  const isOpen = open?.word === word;
  fold();
  if (!isOpen) unfold(word);
}

for (const word of document.querySelectorAll("a.word")) {
  word.setAttribute("role", "button"); // it leads nowhere any more
  word.setAttribute("aria-expanded", "false");
  word.setAttribute("aria-controls", "word-box");
  word.addEventListener("click", press);
  word.addEventListener("keydown", (event) => {
    if (event.key === " ") press(event);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") fold();
});
