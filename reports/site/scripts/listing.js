// The list of scenarios, as living documentation: phase, feature, rule, scenario.

const boxes = [...document.querySelectorAll("input[name=outcome]")];
const phaseChoice = document.getElementById("phase");
const listing = document.getElementById("listing");
const shownText = document.getElementById("shown");
let onlyCause = null;

function sceneRow(entry, context = false) {
  const { scene, feature, phase } = entry;
  const measures = make(
    "span",
    { class: "measures" },
    scene[FINDINGS] ? make("span", { class: "found" }, count(scene[FINDINGS], "finding")) : "",
    make("span", {}, count(scene[MESSAGES], "message")),
    make("span", {}, `${scene[SECONDS].toFixed(2)} s`),
  );
  return make(
    "li",
    { class: `scene-row ${scene[OUTCOME]}`, "data-outcome": scene[OUTCOME] },
    badge(scene[OUTCOME]),
    make(
      "span",
      { class: "title" },
      sceneLink(scene),
      rowValues(scene),
      context ? make("span", { class: "from" }, `${phase.title} › ${feature.title}`) : "",
    ),
    measures,
  );
}
function isWanted(entry) {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  return (
    wanted.has(entry.scene[OUTCOME]) &&
    (!phaseChoice.value || phaseChoice.value === entry.phase.anchor) &&
    (!onlyCause || onlyCause === entry.scene[CAUSE])
  );
}
function listAll() {
  const shown = scenes.filter(isWanted);
  const rows = new Set(shown.map((entry) => entry.scene));
  const parts = [];
  for (const phase of phases) {
    const features = phase.features.map((feature) => featurePart(feature, rows)).filter(Boolean);
    if (features.length) parts.push(make("section", { class: "phase", id: phase.anchor }, make("h2", {}, phase.title), ...features));
  }
  listing.replaceChildren(...parts);
  sayShown(shown.length);
}
function featurePart(feature, rows) {
  const rules = feature.rules
    .map((rule) => {
      const chosen = rule.scenes.filter((scene) => rows.has(scene));
      if (!chosen.length) return null;
      const title = rule.title ? make("h4", {}, make("span", { class: "keyword" }, "Rule"), ` ${rule.title}`) : "";
      return make(
        "div",
        { class: "rule" },
        title,
        make("ul", { class: "rows" }, ...chosen.map((scene) => sceneRow(sceneOf.get(scene[ANCHOR])))),
      );
    })
    .filter(Boolean);
  if (!rules.length) return null;
  return make(
    "section",
    { class: "feature", id: feature.anchor },
    make("h3", {}, make("span", { class: "keyword" }, "Feature"), ` ${feature.title}`),
    feature.description ? make("p", { class: "description" }, feature.description) : "",
    make("p", { class: "file" }, feature.file),
    ...rules,
  );
}
function sayShown(number, query = "") {
  const which = query ? ` for “${query}”` : onlyCause ? " of one cause" : "";
  shownText.textContent =
    number === scenes.length && !which ? "" : `${number.toLocaleString("en")} of ${count(scenes.length, "scenario")}${which}`;
  document.getElementById("show-all").hidden = number === scenes.length && !which;
  if (!number) listing.replaceChildren(make("p", { class: "note" }, "No scenario fits."));
}
