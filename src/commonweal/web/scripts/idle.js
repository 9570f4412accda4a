// Says in time that the session is about to end, and keeps it open for whoever says so (WCAG 2.2, 2.2.1).
const idle = Number(document.body.dataset.idle) * 1000;
const ends = Number(document.body.dataset.ends) * 1000;
const ahead = Math.min(5 * 60_000, idle / 2);
const soon = document.getElementById("idle-soon");
const stay = soon.querySelector("button");
const over = document.getElementById("idle-over");
const others = new BroadcastChannel("commonweal"); // whoever is busy in one tab is not idle in another
let since = Date.now();

function look() {
  const until = Math.min(since + idle, ends);
  const left = until - Date.now();
  soon.hidden = left > ahead || left <= 0;
  stay.hidden = until === ends; // half a day is half a day
  over.hidden = left > 0;
}

function heard() {
  since = Date.now();
  look();
}

function ended() {
  since = -Infinity;
  look();
}

stay.addEventListener("click", async () => {
  const answer = await fetch(soon.dataset.stay, { headers: { "X-Requested-With": "commonweal" } }).catch(() => null);
  if (answer) document.dispatchEvent(new CustomEvent("answered", { detail: answer.status }));
});
document.addEventListener("answered", (event) => { // a script of ours has asked the service
  if (event.detail === 401) return ended();
  heard();
  others.postMessage("heard");
});
others.addEventListener("message", heard);
others.postMessage("heard");
document.addEventListener("visibilitychange", look);
setInterval(look, 10_000);
