// Leaving at once. Runs before anything is shown, so that a page left in a hurry cannot be brought back by Back.

(() => {
  const { target } = document.currentScript.dataset;
  const MARK = "v"; // says nothing to who looks into the storage
  const PRESSES = 3;
  const WITHIN = 5000; // milliseconds

  function store(act) {
    try {
      act();
    } catch {
      // A browser may forbid storage; leaving must work all the same.
    }
  }

  function blank() {
    window.stop(); // or the rest of the page would still be read in
    document.title = "\u200e";
    document.documentElement.replaceChildren();
  }

  function replace() {
    // Without a network the target would be an error page that names it.
    window.location.replace(navigator.onLine ? target : "about:blank");
  }

  function forget() {
    store(() => localStorage.clear());
    store(() => sessionStorage.clear());
    store(() => sessionStorage.setItem(MARK, "1"));
  }

  function leave(event) {
    event?.preventDefault();
    blank();
    forget();
    // Ends the session; it goes on while the page is being replaced.
    fetch("/exit", { keepalive: true, redirect: "manual" }).catch(() => {});
    replace();
  }

  function wasLeft() {
    let left = false;
    store(() => (left = sessionStorage.getItem(MARK) !== null));
    return left;
  }

  // Back, forward and a restored tab are not asked for on purpose; an address typed or a link followed is.
  const [how] = performance.getEntriesByType("navigation");
  if (wasLeft()) {
    if (how?.type === "navigate") {
      store(() => sessionStorage.removeItem(MARK));
    } else {
      blank();
      replace();
      return;
    }
  }

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !wasLeft()) return;
    blank();
    replace();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".quick-exit")) leave(event);
  });

  // Signing out clears this device; after "not me" answers not sent yet (q:) wait for their student.
  document.addEventListener("submit", ({ target }) => {
    if (!target.action?.endsWith("/sign-out")) return;
    const kept = (key) => "notMe" in target.dataset && key.startsWith("q:");
    store(() => localStorage.clear());
    store(() => Object.keys(sessionStorage).forEach((key) => kept(key) || sessionStorage.removeItem(key)));
    store(() => caches.keys().then((names) => names.forEach((name) => caches.delete(name))));
  });

  document.documentElement.classList.add("can-leave"); // what is said about the keys is true now

  let presses = [];
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.repeat) return;
      const isShift = event.key === "Shift" || event.code.startsWith("Shift"); // an input method may rename the key
      presses = isShift ? [...presses, event.timeStamp].slice(-PRESSES) : [];
      if (presses.length === PRESSES && presses.at(-1) - presses[0] <= WITHIN) leave();
    },
    { capture: true },
  );
})();
