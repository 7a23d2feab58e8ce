// The scenarios before any is opened; the order of the values of one is that of reports/site/index.py.

const [ANCHOR, NAME, ROW, OUTCOME, FINDINGS, MESSAGES, SECONDS, TAGS, CAUSE, STORY, SCENARIO] = Array(11).keys();
const WORDS = told("words");
const phases = told("index");
const scenes = [];
const sceneOf = new Map();
for (const phase of phases) {
  for (const feature of phase.features) {
    for (const rule of feature.rules) {
      for (const scene of rule.scenes) {
        const entry = { scene, rule, feature, phase, place: scenes.length };
        scenes.push(entry);
        sceneOf.set(scene[ANCHOR], entry);
      }
    }
  }
}
function system(name) {
  return WORDS.systems[name] ?? name;
}
function wire(text) {
  return text.split("->").map(system).join(" → ");
}
function badge(outcome) {
  return make("span", { class: `badge ${outcome}` }, icon(outcome), WORDS.outcomes[outcome] ?? outcome);
}
function rowValues(scene) {
  return scene[ROW].length
    ? make("span", { class: "row" }, ...scene[ROW].map(([key, value]) => make("span", {}, make("i", {}, key), ` ${value}`)))
    : "";
}
function sceneLink(scene) {
  return make("a", { href: `#${scene[ANCHOR]}` }, scene[NAME]);
}
