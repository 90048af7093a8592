// Passkeys: asks the server what to ask for, the browser for an answer, and sends it as a form. Where a browser knows no
// passkeys, the button for signing in with one stays hidden.

const able = "credentials" in navigator && "PublicKeyCredential" in window;

// What the server and the authenticator say to each other is bytes; between them it is text (base64url).
function bytes(text) {
  const signs = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function known(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function make(asked) {
  const user = { ...asked.user, id: bytes(asked.user.id) };
  const excludeCredentials = known(asked.excludeCredentials);
  return navigator.credentials.create({
    publicKey: { ...asked, challenge: bytes(asked.challenge), user, excludeCredentials },
  });
}

function find(asked) {
  const allowCredentials = known(asked.allowCredentials);
  return navigator.credentials.get({ publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials } });
}

function written({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const said = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(said) });
}

async function options(form) {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "options");
  const reply = await fetch(form.action, { method: "POST", body });
  if (reply.redirected || !reply.headers.get("Content-Type")?.includes("json")) return null;
  return reply.json();
}

function say(form, words) {
  const line = form.querySelector("[data-problem]");
  line.textContent = words ?? "";
  line.hidden = !words;
}

async function go(form, isNew) {
  const words = form.querySelector("[data-problem]").dataset;
  if (!able) return say(form, words.unable);
  say(form, "");
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const asked = await options(form);
    if (asked?.problem) return say(form, asked.problem);
    // Too late, too many, or signed out meanwhile: the server says so.
    if (asked === null) return isNew ? window.location.assign(form.action) : form.submit();
    form.elements.answer.value = written(await (isNew ? make(asked) : find(asked)));
    if (isNew) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: "add" }));
    form.submit();
  } catch {
    say(form, words.stopped);
  } finally {
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const isNew = form.dataset.passkey === "new";
  form.hidden = !able && !isNew;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(form, isNew);
  });
}
