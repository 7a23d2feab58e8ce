// One scenario, opened.

const storyPlace = document.getElementById("story");
let openedAnchor = null;

async function openScene(anchor, number) {
  const entry = sceneOf.get(anchor);
  if (openedAnchor !== anchor) {
    try {
      const story = await lying("scenarios", entry.scene[STORY]);
      fill(anchor, entry, story);
    } catch (error) {
      storyPlace.replaceChildren(make("h1", {}, entry.scene[NAME]), make("div", {}));
      cannotOpen(storyPlace.lastChild, error);
      openedAnchor = null;
      return;
    }
  }
  const { traffic } = storyPlace;
  const wanted = number ?? traffic.find((message) => message[FAULTS].length)?.[NUMBER];
  if (wanted !== undefined) await choose(anchor, Number(wanted), number !== undefined);
}
function fill(anchor, entry, story) {
  // The article is ours: it was made with every value escaped, and the page's policy runs no script that stands in it.
  const parsed = new DOMParser().parseFromString(story.html, "text/html");
  const article = document.adoptNode(parsed.body.firstElementChild);
  storyPlace.replaceChildren(wayBack(entry), article);
  storyPlace.traffic = story.traffic;
  openedAnchor = anchor;
  article.querySelector(".sequence")?.append(...sequence(anchor, story.traffic));
  const curves = article.querySelector(".curves");
  if (curves) {
    const figures = story.curves.map((curve) => energyFigure(curve, story.why[curve.meter]));
    for (const cell of article.querySelectorAll(".why-estimated"))
      cell.hidden = story.curves.some((curve) => story.why[curve.meter] === cell.textContent);
    const [first, ...others] = figures;
    if (first) curves.append(first);
    if (others.length) {
      const more = make(
        "details",
        { class: "more-curves" },
        make("summary", {}, `Curves of ${count(others.length, "more meter")}`),
        ...others,
      );
      more.addEventListener("toggle", () => others.forEach((figure) => figure.plot()));
      curves.append(more);
    }
    first?.plot();
  }
  attach(article.querySelector(".attachments"), entry.scene, story);
}
function wayBack({ phase, feature, place }) {
  const beside = (at, words) =>
    scenes[at] ? make("a", { href: `#${scenes[at].scene[ANCHOR]}` }, words) : make("span", { class: "note" }, words);
  return make(
    "nav",
    { class: "crumbs", "aria-label": "Where this stands" },
    make("a", { href: "#scenarios" }, "Scenarios"),
    " › ",
    make("a", { href: `#scenarios?at=${phase.anchor}` }, phase.title),
    " › ",
    make("a", { href: `#scenarios?at=${feature.anchor}` }, feature.title),
    make("span", { class: "beside" }, beside(place - 1, "← before"), beside(place + 1, "next →")),
  );
}
function attach(place, scene, story) {
  const button = (words, act) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", act);
    return made;
  };
  const parts = [];
  if (story.traffic.length) parts.push(button("All messages (JSON lines)", () => allMessages(scene, story)));
  if (story.curves.length)
    parts.push(button("Intervals (CSV)", () => handOut(`${scene[ANCHOR]}-intervals.csv`, "text/csv", intervalsCsv(story.curves))));
  if (story.feature)
    parts.push(
      button("The feature file", async () =>
        handOut(`${scene[SCENARIO].split("::")[0].replaceAll("/", "-")}.feature`, "text/plain", await lying("messages", story.feature)),
      ),
    );
  if (parts.length) place.append(make("h2", {}, "Attachments"), make("p", { class: "bar-of-buttons" }, ...parts));
}
async function allMessages(scene, story) {
  const lines = [];
  for (const message of story.traffic) {
    const content = await lying("messages", message[BODY]);
    const facts = {
      message: message[NUMBER],
      exchange: message[EXCHANGE],
      at: message[AT],
      wire: message[WIRE],
      leg: message[LEG],
      sender: message[SENDER],
      status: message[STATUS],
    };
    lines.push(JSON.stringify({ ...facts, ...(content.bytes === null ? { body: raw(content) } : { body_base64: content.bytes }) }));
  }
  handOut(`${scene[ANCHOR]}-messages.ndjson`, "application/x-ndjson", `${lines.join("\n")}\n`);
}
function intervalsCsv(curves) {
  const rows = ["meter,end,measured_wh,station,found_wh,verdict"];
  for (const curve of curves) {
    const quoted = `"${curve.meter.replaceAll('"', '""').replace(/^([=+@-])/, "'$1")}"`;
    for (const station of curve.stations) {
      const differs = new Map(station.differs.map(([at, wh, verdict]) => [at, [wh ?? "", verdict]]));
      curve.measured.forEach((wh, at) => {
        const end = new Date((curve.start + (at + 1) * curve.minutes * 60) * 1000).toISOString();
        rows.push([quoted, end, wh, station.title, ...(differs.get(at) ?? [wh, "as measured"])].join(","));
      });
    }
  }
  return `${rows.join("\n")}\n`;
}
async function choose(anchor, number, isAsked) {
  const place = storyPlace.traffic.findIndex((message) => message[NUMBER] === number);
  const panel = storyPlace.querySelector(".message");
  if (place < 0 || !panel) return;
  storyPlace.querySelector(".lifelines").reveal(place);
  for (const arrow of storyPlace.querySelectorAll(".arrow.chosen")) {
    arrow.classList.remove("chosen");
    arrow.removeAttribute("aria-current");
  }
  const arrow = document.getElementById(`${anchor}m${number}`);
  arrow.classList.add("chosen");
  arrow.setAttribute("aria-current", "true");
  const box = storyPlace.querySelector(".sequence");
  box.scrollTop = Math.max(0, arrow.getBBox().y - box.clientHeight / 3);
  if (isAsked) storyPlace.querySelector(".conversation").scrollIntoView({ block: "nearest" });
  await showMessage(panel, anchor, storyPlace.traffic[place]);
}
async function listIntervals(button) {
  try {
    const rows = await lying("messages", [Number(button.dataset.parcel), Number(button.dataset.item)]);
    const found = (wh) => (wh === null ? "nothing" : kwh(wh));
    button.replaceWith(
      table(
        ["interval to", "measured", "found", "verdict"],
        rows.map(([end, measured, wh, verdict]) => [
          end,
          found(measured),
          found(wh),
          make("span", { class: `verdict ${verdict}` }, verdict),
        ]),
      ),
    );
  } catch (error) {
    cannotOpen(button.parentElement, error);
  }
}
