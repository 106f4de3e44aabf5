// Asks every two seconds how far a job has come, while somebody looks at the page; says it aloud every
// ten seconds at most. Without this script the page has a link that asks once.

const EVERY = 2_000;
const SPOKEN_EVERY = 10_000;

const place = document.querySelector("[data-progress]");
const voice = document.querySelector("[data-voice]");
let spoken = Date.now();
let timer = 0;

async function ask() {
  let came = null;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }
    came = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // The network is gone for a while: the next question may be answered.
  }
  if (came) show(came.querySelector("[data-progress]"));
  plan();
}

function show(next) {
  if (!next || next.dataset.progress !== "live") {
    location.reload();
    return;
  }
  place.querySelector("progress").replaceWith(next.querySelector("progress"));
  const count = place.querySelector("[data-count]");
  const words = next.querySelector("[data-count]").textContent.trim();
  if (count.textContent.trim() === words) return;
  count.textContent = words;
  if (Date.now() - spoken < SPOKEN_EVERY) return;
  voice.textContent = words;
  spoken = Date.now();
}

function plan() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, EVERY);
}

if (place && place.dataset.progress === "live") {
  document.addEventListener("visibilitychange", plan);
  plan();
}
