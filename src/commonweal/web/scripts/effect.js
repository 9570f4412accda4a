// "See the effect" at once: asks the server for the same words that the button gives without scripts.
const form = document.querySelector("form[data-effect]");
const place = document.getElementById("effect");
let waiting = 0;
let newest = 0;

async function show() {
  const asked = ++newest;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "effect");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "commonweal" } });
    document.dispatchEvent(new CustomEvent("answered", { detail: answer.status }));
    if (answer.ok && asked === newest) place.innerHTML = await answer.text();
  } catch {
    // The button still works; nothing is lost.
  }
}

form.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  clearTimeout(waiting);
  waiting = setTimeout(show, 150);
});

let edited = false;
form.addEventListener("input", () => { edited = true; });
form.addEventListener("submit", () => { edited = false; });
addEventListener("beforeunload", (event) => { if (edited) event.preventDefault(); });
