// A link to a new password: what stands after its # goes into the form, and out of the address and the history.

const field = document.querySelector("[data-from-address]");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
