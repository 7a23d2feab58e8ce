// Going somewhere: the address decides what is shown.

async function go() {
  const [name, query] = (location.hash.slice(1) || "overview").split("?");
  const scene = /^(s\d+)(?:m(\d+))?(?:-(.*))?$/.exec(name);
  if (scene && sceneOf.has(scene[1])) {
    show("scenario");
    const isOther = openedAnchor !== scene[1];
    await openScene(scene[1], scene[2]);
    const title = storyPlace.querySelector("h1");
    document.title = `${sceneOf.get(scene[1]).scene[NAME]} – MeterGate`;
    if (scene[3]) document.getElementById(name)?.scrollIntoView();
    else if (isOther && !scene[2]) {
      scrollTo(0, 0);
      title?.focus({ preventScroll: true });
    }
  } else if (name === "scenarios") {
    show("scenarios");
    listWith(new URLSearchParams(query ?? ""));
  } else {
    const target = document.getElementById(name);
    const view = target?.closest(".view") ?? document.getElementById("overview");
    show(view.id);
    if (view.id === "trends") plotTrends();
    if (target && target !== view) target.scrollIntoView();
    else scrollTo(0, 0);
    document.title = pageTitle;
  }
  document.documentElement.dataset.ready = location.hash || "#overview";
}
function listWith(asked) {
  onlyCause = asked.get("cause");
  if (asked.has("q")) searchField.value = asked.get("q");
  const text = searchField.value.trim();
  if (text) {
    search(text);
    return;
  }
  listAll();
  const at = asked.get("at");
  if (at) document.getElementById(at)?.scrollIntoView();
  else scrollTo(0, 0);
}
function step(direction) {
  const worrying = scenes.filter(({ scene }) => scene[OUTCOME] !== "passed");
  const here = sceneOf.get(openedAnchor)?.place ?? -1;
  const next = direction > 0 ? worrying.find(({ place }) => place > here) : worrying.findLast(({ place }) => place < here);
  if (next) location.hash = next.scene[ANCHOR];
}
function stepMessage(direction) {
  const panel = storyPlace.querySelector(".message");
  if (document.body.dataset.view !== "scenario" || !panel) return;
  const here = storyPlace.traffic.findIndex((message) => `${message[NUMBER]}` === panel.dataset.message);
  const next = storyPlace.traffic[here + direction];
  if (next) location.hash = `${openedAnchor}m${next[NUMBER]}`;
}
function redraw() {
  for (const figure of storyPlace.querySelectorAll(".energy")) figure.plot();
  document.getElementById("course").replaceChildren();
  if (document.body.dataset.view === "trends") plotTrends();
}

const pageTitle = document.title;
let waiting = 0;
searchField.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const text = searchField.value.trim();
    const wanted = text ? `#scenarios?q=${encodeURIComponent(text)}` : "#scenarios";
    history.replaceState(null, "", wanted);
    go();
  }, 120);
});
searchField.addEventListener("focus", () => searchTexts().catch(() => {}), { once: true });
document.getElementById("search-form").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
for (const choice of [...boxes, phaseChoice])
  choice.addEventListener("change", () => (searchField.value.trim() ? search(searchField.value.trim()) : listAll()));
document.getElementById("show-all").addEventListener("click", () => {
  searchField.value = "";
  phaseChoice.value = "";
  for (const box of boxes) box.checked = true;
  history.replaceState(null, "", "#scenarios");
  go();
});
document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  redraw();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
document.getElementById("print").addEventListener("click", () => print());
document.addEventListener("click", (event) => {
  const button = event.target.closest(".all-intervals");
  if (button) listIntervals(button);
  const link = event.target.closest("a[href^='#']");
  if (link && link.getAttribute("href") === location.hash) go();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === searchField) {
    if (event.key === "Escape") searchField.blur();
    return;
  }
  if (event.target.matches("input, select, textarea")) return;
  if (event.key === "/") {
    event.preventDefault();
    searchField.focus();
    searchField.select();
  }
  if (event.key === "n") step(1);
  if (event.key === "p") step(-1);
  if (event.key === "j") stepMessage(1);
  if (event.key === "k") stepMessage(-1);
  if (event.key === "g") location.hash = "overview";
});
window.addEventListener("hashchange", go);
fillTrends();
go();
