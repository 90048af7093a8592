// Slides by key and click. Without this script they are one long page, with links from each to the next.

const slides = [...document.querySelectorAll(".slide")];
const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
const OWN = "a, button, summary, input, select, textarea"; // what a key or a click belongs to already

function current() {
  const middle = window.innerHeight / 2;
  const here = slides.findIndex((slide) => slide.getBoundingClientRect().bottom > middle);
  return here === -1 ? slides.length - 1 : here;
}

// On a wall, what is a little too long for the screen is set smaller; what would be too small to read is read on instead.
const SMALLEST = 4; // steps of slides.css

function isWhole(slide) {
  return slide.offsetHeight <= window.innerHeight + 1;
}

function fit(slide) {
  const onWall = window.innerWidth >= 1000 && window.innerHeight >= 600;
  delete slide.dataset.fit;
  for (let step = 1; onWall && step <= SMALLEST && !isWhole(slide); step += 1) slide.dataset.fit = step;
  if (!isWhole(slide)) delete slide.dataset.fit;
}

function fitAll() {
  slides.forEach(fit);
}

// No address changes: going back from slides leads to where they were opened, in one step.
function show(number) {
  const slide = slides[Math.min(Math.max(number, 0), slides.length - 1)];
  slide.scrollIntoView({ block: "start" });
  slide.focus({ preventScroll: true });
}

// A slide that is taller than the screen is read to its end before the next one comes.
function goesOn(step) {
  const box = slides[current()].getBoundingClientRect();
  const rest = step > 0 ? box.bottom - window.innerHeight : -box.top;
  if (rest <= 4) return show(current() + step);
  return window.scrollBy({ top: step * Math.min(rest, window.innerHeight * .8) });
}

fitAll();
window.addEventListener("resize", fitAll);

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return; // Shift alone is for leaving
  if ((event.key === " " || event.key === "Enter") && event.target.closest(OWN)) return;
  if (FORWARD.has(event.key)) goesOn(1);
  else if (BACK.has(event.key)) goesOn(-1);
  else if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-slide]");
  if (link) {
    event.preventDefault();
    show(Number(link.dataset.slide) - 1);
  } else if (event.target.closest(".slide") && !event.target.closest(OWN) && !String(document.getSelection())) {
    goesOn(1);
  }
});
