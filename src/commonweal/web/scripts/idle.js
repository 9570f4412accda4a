// Says in time that the session is about to end, and keeps it open for whoever says so (WCAG 2.2, 2.2.1).
const minutes = Number(document.body.dataset.idle);
const warned = minutes - Math.min(5, minutes / 2);
const soon = document.getElementById("idle-soon");
const over = document.getElementById("idle-over");
const others = new BroadcastChannel("commonweal"); // whoever is busy in one tab is not idle in another
let since = Date.now();

function look() {
  const passed = (Date.now() - since) / 60_000;
  soon.hidden = passed < warned || passed >= minutes;
  over.hidden = passed < minutes;
}

function asked() {
  since = Date.now();
  look();
}

soon.querySelector("button").addEventListener("click", async () => {
  const answer = await fetch(soon.dataset.stay, { redirect: "manual" }).catch(() => null);
  if (answer?.ok) {
    asked();
    others.postMessage("asked");
  }
});
others.addEventListener("message", asked);
others.postMessage("asked");
document.addEventListener("visibilitychange", look);
setInterval(look, 10_000);
