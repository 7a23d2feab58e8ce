// What is new in this run since an earlier one: scenarios that got worse or better, came or went, and rules that were broken.

function compared(before) {
  const lists = { worse: [], better: [], added: [], gone: [] };
  past.scenarios.forEach((scenario, at) => {
    const [was, is] = [before.outcomes[at] ?? "-", now.outcomes[at] ?? "-"];
    const entry = { scenario, was, is };
    if (was === is) return;
    if (is === "-") lists.gone.push(entry);
    else if (was === "-") lists.added.push(entry);
    else if (is === "P") lists.better.push(entry);
    else if (was === "P" || isBad(is)) lists.worse.push(entry);
    else lists.better.push(entry);
  });
  return lists;
}
function said({ worse, better, added, gone }) {
  const parts = [
    [worse, "worse"],
    [better, "better"],
    [added, "new"],
    [gone, "gone"],
  ]
    .filter(([list]) => list.length)
    .map(([list, word]) => `${list.length} ${word}`);
  return parts.join(", ") || "nothing changed";
}
function outcome(letter) {
  return letter === "-" ? make("span", { class: "note" }, "not in the run") : badge(ICON_OF[letter]);
}
function scenarioCell(scenario) {
  const scene = anchorOf.get(scenario);
  return scene ? [sceneLink(scene), rowValues(scene)] : [scenario];
}
function news(before) {
  const lists = compared(before);
  const parts = [make("p", { class: "said" }, `Since ${runName(before)}: ${said(lists)}.`)];
  const titles = { worse: "Worse than then", added: "New scenarios", better: "Better than then", gone: "No longer in the run" };
  const rules = ruleNews(before);
  for (const [kind, title] of Object.entries(titles)) {
    if (kind === "added") parts.push(...rules);
    if (!lists[kind].length) continue;
    parts.push(
      make("h3", {}, title),
      table(
        ["Scenario", "then", "now"],
        lists[kind].slice(0, 200).map(({ scenario, was, is }) => [scenarioCell(scenario), outcome(was), outcome(is)]),
        { class: `news ${kind}` },
      ),
    );
    if (lists[kind].length > 200) parts.push(make("p", { class: "note" }, `and ${lists[kind].length - 200} more`));
  }
  document.getElementById("news").replaceChildren(...parts);
}
// Rules that were not broken then, and those that no longer are: an error where there was a remark is new too.
function ruleNews(before) {
  const key = ([rule, on, severity]) => `${severity} ${rule} ${on}`;
  const then = new Set(before.findings.map(key));
  const has = new Set(now.findings.map(key));
  const titles = [
    ["Rules broken now and not then", now.findings.filter((each) => !then.has(key(each)))],
    ["Rules broken then and not now", before.findings.filter((each) => !has.has(key(each)))],
  ];
  return titles
    .filter(([, list]) => list.length)
    .flatMap(([title, list]) => [
      make("h3", {}, title),
      table(
        ["Rule", "on", "severity", "times"],
        list.map(([rule, on, severity, number]) => [
          document.getElementById(`rule-${rule}`) ? make("a", { href: `#rule-${rule}` }, rule) : rule,
          wire(on),
          severity,
          `${number}`,
        ]),
      ),
    ]);
}
