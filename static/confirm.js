// Compares a file with the hash of a document, on this device: nothing is sent.
const form = document.getElementById("check");
const expected = document.getElementById("hash").textContent.trim();
const answers = ["same", "differs", "unreadable"].map((id) => document.getElementById(id));

const say = (id) => { for (const answer of answers) answer.hidden = answer.id !== id; };

const hashOf = async (file) => {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

const compare = async (file) => {
  say("");
  if (!file) return;
  try {
    say((await hashOf(file)) === expected ? "same" : "differs");
  } catch {
    say("unreadable"); // taken away, or larger than this device can hold
  }
};

// Only over TLS or on this very machine: elsewhere browsers have no digest, and the hash is there to compare by hand.
if (globalThis.crypto?.subtle) {
  form.hidden = false;
  form.file.addEventListener("change", () => compare(form.file.files[0]));
}
