// "Next" without leaving the page: a step counts as done only after the server has said so.

async function send(form) {
  const reply = await fetch(form.action, { method: "POST", body: new FormData(form) });
  // A session that has ended is led to another page: that is no success.
  return reply.ok && new URL(reply.url).pathname === window.location.pathname;
}

function markDone(id) {
  const link = document.querySelector(`.steps__link[href="#${CSS.escape(id)}"]`);
  link.classList.add("steps__link--done");
  link.querySelector("[data-state]").textContent = link.closest(".steps").dataset.doneWord;
}

function goTo(id) {
  const next = document.getElementById(id);
  next.scrollIntoView();
  next.focus({ preventScroll: true });
}

async function submit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector("button");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const saved = await send(form).catch(() => false);
  button.removeAttribute("aria-busy");
  if (!saved) {
    form.submit(); // the ordinary way tells the reader what is wrong
    return;
  }
  markDone(form.dataset.step);
  goTo(form.dataset.next);
}

for (const form of document.querySelectorAll("form[data-next]")) form.addEventListener("submit", submit);
