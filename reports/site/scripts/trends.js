// How this run compares with those before it.

const past = told("past");
const runs = past.runs;
const now = runs.at(-1);
const earlier = runs.slice(0, -1);
const ICON_OF = { P: "passed", F: "failed", I: "inconclusive", N: "not-tested", E: "error", "-": "absent" };
const WEEK = 7 * 86400;
const anchorOf = new Map(scenes.map(({ scene }) => [scene[SCENARIO], scene]));
const isBad = (letter) => "FIE".includes(letter);

function when(at) {
  return new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ");
}
function tally(outcomes) {
  const by = {};
  for (const letter of outcomes) by[letter] = (by[letter] ?? 0) + 1;
  return by;
}
function runName(run) {
  return `${when(run.at)}, version ${run.version}${run.commit ? `, ${run.commit.slice(0, 8)}` : ""}${faulty(run)}`;
}
function faulty(run) {
  return run.settings.includes("--ami-fault") ? ", with a fault put on a wire" : "";
}
function fillTrends() {
  if (!earlier.length) return;
  document.getElementById("no-history").remove();
  document.getElementById("history").hidden = false;
  const choice = document.getElementById("since-run");
  const weekOld = earlier.findLast((run) => now.at - run.at >= WEEK);
  const release = earlier.findLast((run) => run.version !== now.version);
  const presets = [
    ["the run before", earlier.at(-1)],
    ["last week", weekOld],
    ["the version before", release],
  ].filter(([, run]) => run);
  choice.append(
    make("optgroup", { label: "Usual" }, ...presets.map(([words, run]) => make("option", { value: run.run }, `${words}: ${runName(run)}`))),
    make("optgroup", { label: "All runs" }, ...[...earlier].reverse().map((run) => make("option", { value: run.run }, runName(run)))),
  );
  choice.addEventListener("change", () => news(earlier.find((run) => run.run === choice.value)));
  news(earlier.at(-1));
  const changed = compared(earlier.at(-1));
  document.getElementById("since").replaceChildren(make("a", { href: "#trends" }, said(changed)));
  courseTable();
  flaky();
  releases();
}
function plotTrends() {
  const place = document.getElementById("course");
  if (!earlier.length || place.childElementCount) return;
  const counts = runs.map((run) => tally(run.outcomes));
  const kinds = [
    ["P", "passed"],
    ["F", "failed"],
    ["E", "error"],
    ["I", "inconclusive"],
  ].filter(([letter]) => counts.some((by) => by[letter]));
  const axis = {
    stroke: colour("quiet"),
    grid: { stroke: colour("line"), width: 1 },
    ticks: { stroke: colour("line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", `Outcomes of ${runs.length} runs; the table below has the figures.`);
  new uPlot(
    {
      width: Math.max(place.clientWidth, 320),
      height: 220,
      legend: { show: false },
      cursor: { y: false },
      padding: [null, 60, null, null],
      scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(high, 1) * 1.05] } },
      axes: [
        {
          ...axis,
          space: 90,
          incrs: [1, 2, 5, 10, 20],
          values: (_, ticks) => ticks.map((at) => (runs[at] ? when(runs[at].at).slice(5) : "")),
        },
        { ...axis, label: "scenarios", labelFont: "12px system-ui, sans-serif", labelSize: 18, size: 58 },
      ],
      series: [
        {},
        ...kinds.map(([, name]) => ({ label: name, stroke: colour(name), width: 2, points: { show: true, size: 7, fill: colour(name) } })),
      ],
    },
    [runs.map((_, at) => at), ...kinds.map(([letter]) => counts.map((by) => by[letter] ?? 0))],
    place,
  );
  place.append(make("p", { class: "legend" }, ...kinds.map(([, name]) => make("span", { class: `key ${name}` }, name))));
}
function courseTable() {
  const rows = [...runs].reverse().map((run) => {
    const by = tally(run.outcomes);
    const all = run.outcomes.length - (by["-"] ?? 0);
    return [
      [run === now ? make("b", {}, "this run") : run.run, make("span", { class: "from" }, faulty(run).slice(2))],
      when(run.at),
      run.version,
      run.commit?.slice(0, 8) ?? "unknown",
      `${by.P ?? 0} of ${all}`,
      `${by.F ?? 0}`,
      `${by.E ?? 0}`,
      `${by.I ?? 0}`,
      `${by.N ?? 0}`,
      `${run.seconds.toLocaleString("en")} s`,
    ];
  });
  const box = make(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Runs in numbers" },
    table(["Run", "begun", "version", "commit", "passed", "failed", "error", "inconclusive", "not tested", "took"], rows, {
      class: "runs",
    }),
  );
  document.getElementById("course-table").replaceChildren(box);
}
// Scenarios that came to different ends with one commit and the same settings: nothing that we know of explains it.
// A tree that was changed and never committed may be another one each time, and says nothing.
function flaky() {
  const found = [];
  past.scenarios.forEach((scenario, at) => {
    const ends = new Map();
    for (const run of runs) {
      const letter = run.outcomes[at] ?? "-";
      if (!"PFE".includes(letter) || !run.commit || run.commit.endsWith("+")) continue;
      const code = `${run.commit} ${run.settings}`;
      ends.set(code, [...(ends.get(code) ?? []), letter]);
    }
    for (const letters of ends.values()) if (new Set(letters).size > 1) found.push({ scenario, letters });
  });
  const place = document.getElementById("flaky");
  if (!found.length) {
    place.replaceChildren(
      make(
        "p",
        {},
        `None of ${count(past.scenarios.length, "scenario")} came to different ends with one commit and the same settings, in ${count(runs.length, "run")}.`,
      ),
    );
    return;
  }
  place.replaceChildren(
    table(
      ["Scenario", "passed", "with one commit and the same settings, the latest last"],
      found
        .slice(0, 100)
        .map(({ scenario, letters }) => [
          scenarioCell(scenario),
          `${letters.filter((letter) => letter === "P").length} of ${letters.length}`,
          letters.map((letter) =>
            make(
              "span",
              { class: `dot ${ICON_OF[letter]}` },
              icon(ICON_OF[letter]),
              make("span", { class: "unseen" }, WORDS.outcomes[ICON_OF[letter]]),
            ),
          ),
        ]),
    ),
  );
}
function releases() {
  const latest = new Map(runs.map((run) => [run.version, run]));
  const place = document.getElementById("releases");
  if (latest.size < 2) {
    place.replaceChildren(
      make("p", { class: "note" }, `All ${runs.length} runs are of version ${now.version}: there is no other to compare with.`),
    );
    return;
  }
  place.replaceChildren(
    table(
      ["Version", "its latest run", "passed", "failed", "error", "findings"],
      [...latest.values()].reverse().map((run) => {
        const by = tally(run.outcomes);
        return [
          run.version,
          when(run.at),
          `${by.P ?? 0} of ${run.outcomes.length - (by["-"] ?? 0)}`,
          `${by.F ?? 0}`,
          `${by.E ?? 0}`,
          `${sum(run.findings.map((each) => each.at(-1)))}`,
        ];
      }),
    ),
  );
}
