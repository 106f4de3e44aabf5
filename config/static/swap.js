// A form or a link marked `data-swap` brings its answer into the page that stands, instead of loading
// another one. Without this script both do the same thing, with a whole page.

const shown = () => document.querySelector("main");

async function bring(request, address) {
  const main = shown();
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(request, { credentials: "same-origin" });
    const came = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = came.querySelector("main");
    if (!next || !next.querySelector("[data-repair]")) {
      location.assign(answer.url);
      return;
    }
    put(main, next, came.title);
    history.replaceState(null, "", address || answer.url);
  } catch {
    // The network is gone: the ordinary way says so, in the browser's own words.
    main.removeAttribute("aria-busy");
    location.reload();
  }
}

function put(main, next, title) {
  const before = main.querySelector("[data-open]")?.dataset.open;
  const top = window.scrollY;
  main.replaceWith(next);
  document.title = title;
  const open = next.querySelector("[data-open]");
  if (open && open.dataset.open !== before) {
    open.scrollIntoView();
    open.focus({ preventScroll: true });
  } else if (before && !open) {
    // The group that was open is settled: what is left stands at the top.
    next.scrollIntoView();
    next.focus({ preventScroll: true });
  } else {
    window.scrollTo(0, top);
  }
  tell([...next.querySelectorAll(".notice[role], h1")].map((said) => said.textContent).join(" "));
}

// The place where changes are spoken stands outside of what is replaced, or nobody would hear them.
function tell(words) {
  let voice = document.getElementById("voice");
  if (!voice) {
    voice = document.createElement("p");
    voice.id = "voice";
    voice.className = "visually-hidden";
    voice.setAttribute("role", "status");
    document.body.append(voice);
  }
  voice.textContent = words.trim();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-swap]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  bring(new Request(form.action, { method: "POST", body }));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  bring(new Request(link.href));
});
