// Work that is done batch by batch, a page each: goes on by itself, so that nobody has to press the button for every batch.

const PAUSE = 400; // milliseconds: how far it is can be read, and the other buttons can be pressed
const form = document.querySelector("form[data-onward]");
if (form) setTimeout(() => document.querySelector('form[data-busy="sent"]') ?? form.requestSubmit(), PAUSE);
