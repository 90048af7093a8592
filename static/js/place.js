// Where the reader is: marks the step in view, and lets the language links lead back to the step being read.

const DWELL = 1500; // milliseconds; a step passed on the way up to the links is not being read
const sections = [...document.querySelectorAll(".step")];
let reading = "";
let settling = 0;

function inView() {
  const line = window.innerHeight / 3;
  return sections.filter((section) => section.getBoundingClientRect().top <= line).at(-1);
}

function mark() {
  clearTimeout(settling);
  const step = inView();
  if (!step) return;
  settling = setTimeout(() => { reading = step.id; }, DWELL);
  for (const link of document.querySelectorAll(".steps__link")) {
    if (link.hash === `#${step.id}`) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
}

if (sections.length > 0) {
  // Only crossings of the reading line are reported, so that scrolling costs nothing.
  const watch = new IntersectionObserver(mark, { rootMargin: "-33% 0px -66% 0px" });
  sections.forEach((section) => watch.observe(section));
  for (const link of document.querySelectorAll(".languages__link")) {
    link.addEventListener("click", () => { link.hash = reading; });
  }
}
