// A form whose answer takes a few seconds: says so while it is sent, and is not sent twice.

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.busy === "sent") {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "sent";
    const line = form.querySelector(".busy") ?? document.querySelector(".busy");
    if (line) line.hidden = false;
  });
}

// A page that comes back from the browser's memory can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) form.dataset.busy = "";
});
