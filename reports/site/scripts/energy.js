// The energy of a meter, interval by interval: measured, delivered, validated; and what of it was billed.

const LONG = 4 * 86400;
const COLOURS = ["collected", "delivered", "validated"];

function energyFigure(curve, why) {
  const step = curve.minutes * 60;
  const times = curve.measured.map((_, at) => curve.start + at * step);
  times.push(curve.start + curve.measured.length * step);
  const stations = curve.stations.map((station) => ({ title: station.title, wh: [...curve.measured], verdicts: new Map() }));
  curve.stations.forEach((station, which) => {
    for (const [at, wh, verdict] of station.differs) {
      stations[which].wh[at] = wh;
      stations[which].verdicts.set(at, verdict);
    }
  });
  const figure = make(
    "figure",
    { class: "energy" },
    make("h3", {}, curve.meter),
    why ? make("p", { class: "why-so" }, why) : "",
    ways(curve, stations),
  );
  const place = make("div", { class: "plot", role: "img", "aria-label": spoken(curve, stations) });
  const caption = make(
    "figcaption",
    {},
    legend(stations),
    make(
      "span",
      { class: "note" },
      curve.isCut ? "The record keeps the first 500 differing intervals; others are drawn as measured. " : "",
      "Drag to look closer, double-click for all.",
    ),
  );
  figure.append(place, caption);
  figure.plot = () => plot(place, times, curve, stations);
  return figure;
}
function sum(values) {
  return values.reduce((all, wh) => all + (wh ?? 0), 0);
}
// From the meter to the bill in four bars of one scale.
function ways(curve, stations) {
  const totals = [["measured", sum(curve.measured), 0, "measured"]];
  for (const { title, wh, verdicts } of stations) {
    if (title === "collected") continue;
    totals.push([title, sum(wh), sum([...verdicts].filter(([, verdict]) => verdict === "estimated").map(([at]) => wh[at])), title]);
  }
  curve.bills.forEach((bill, at) => {
    const which = curve.bills.length > 1 ? `bill ${at + 1}` : "billed";
    totals.push([bill.meters === curve.meter ? which : `${which} (${bill.meters})`, bill.billed ?? 0, bill.estimated, "billed"]);
  });
  const most = Math.max(...totals.map(([, wh]) => wh), 1);
  return make(
    "dl",
    { class: "ways" },
    ...totals.flatMap(([title, wh, estimated, kind]) => {
      const bar = make("span", { class: `way ${kind}`, "aria-hidden": "true" });
      bar.style.setProperty("--share", wh / most);
      if (estimated) {
        const part = make("i", {});
        part.style.setProperty("--share", Math.min(estimated / (wh || 1), 1));
        bar.append(part);
      }
      return [
        make("dt", {}, title),
        make(
          "dd",
          {},
          bar,
          make("span", { class: "number" }, `${kwh(wh)} kWh`),
          estimated ? make("span", { class: "estimated" }, ` of them ${kwh(estimated)} estimated`) : "",
        ),
      ];
    }),
  );
}
function spoken(curve, stations) {
  const said = stations.map(({ title, verdicts }) => {
    const by = {};
    for (const verdict of verdicts.values()) by[verdict] = (by[verdict] ?? 0) + 1;
    return `${title}: ${
      Object.entries(by)
        .map(([verdict, number]) => `${count(number, "interval")} ${verdict}`)
        .join(", ") || "as measured"
    }`;
  });
  return `Energy of ${curve.meter} in ${count(curve.measured.length, "interval")} of ${curve.minutes} minutes. ${said.join("; ")}.`;
}
function legend(stations) {
  const seen = new Set(stations.flatMap(({ verdicts }) => [...verdicts.values()]));
  const keys = ["measured", ...stations.map(({ title }) => title)].map((name) => make("span", { class: `key ${name}` }, name));
  const washes = [...seen].map((verdict) =>
    make("span", { class: `key wash ${verdict === "estimated" ? "estimated" : verdict === "excused" ? "excused" : "wrong"}` }, verdict),
  );
  return make("span", { class: "legend" }, ...keys, ...washes);
}
// A day where a day begins, and the hour within it.
function moment(at, apart) {
  const [day, clock] = new Date(at * 1000).toISOString().split("T");
  const hour = apart >= 86400 ? "" : clock.slice(0, 5);
  return clock.startsWith("00:00") ? `${hour}\n${day.slice(5)}`.trim() : hour;
}
function plot(place, times, curve, stations) {
  const stepped = uPlot.paths.stepped({ align: 1 });
  const closed = (values) => [
    ...values.map((wh) => (wh === null || wh === undefined ? null : wh / 1000)),
    values.at(-1) === null ? null : values.at(-1) / 1000,
  ];
  const series = [
    {},
    { label: "measured", stroke: colour("measured"), fill: colour("measured-wash"), width: 1.5, paths: stepped, points: { show: false } },
  ];
  stations.forEach(({ title }, at) =>
    series.push({
      label: title,
      stroke: colour(title),
      width: title === "validated" ? 2.5 : 1.75,
      dash: [[2, 4], [7, 4], []][COLOURS.indexOf(title)] ?? [],
      paths: stepped,
      points: { show: false },
      spanGaps: false,
    }),
  );
  const differing = [...new Set(stations.flatMap(({ verdicts }) => [...verdicts.keys()]))].sort((one, other) => one - other);
  const isLong = times.at(-1) - times[0] > LONG && differing.length;
  const axis = {
    stroke: colour("quiet"),
    grid: { stroke: colour("line"), width: 1 },
    ticks: { stroke: colour("line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  place.replaceChildren();
  const made = new uPlot(
    {
      width: Math.max(place.clientWidth, 320),
      height: 250,
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      series,
      axes: [
        { ...axis, values: (_, ticks, __, ___, apart) => ticks.map((at) => moment(at, apart)) },
        { ...axis, label: `kWh in ${curve.minutes} minutes`, labelFont: "12px system-ui, sans-serif", labelSize: 18, size: 58 },
      ],
      legend: { show: false },
      cursor: { y: false, points: { show: false } },
      hooks: { drawClear: [(chart) => washes(chart, times, stations)] },
    },
    [times, closed(curve.measured), ...stations.map(({ wh }) => closed(wh))],
    place,
  );
  if (isLong) {
    const middle = times[differing[0]];
    made.setScale("x", { min: Math.max(times[0], middle - 86400), max: Math.min(times.at(-1), middle + 2 * 86400) });
  }
}
// What became of an interval at its worst station, painted once.
function worstAt(stations) {
  const worst = new Map();
  const rank = ["excused", "estimated", "wrong"];
  for (const { verdicts } of stations) {
    for (const [at, verdict] of verdicts) {
      const tone = rank.includes(verdict) ? verdict : "wrong";
      if (rank.indexOf(tone) > rank.indexOf(worst.get(at))) worst.set(at, tone);
    }
  }
  return worst;
}
// The whole height of an interval that is not as it was measured.
function washes(chart, times, stations) {
  const { left, top, width, height } = chart.bbox;
  const context = chart.ctx;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  const tones = {
    wrong: colour("wrong-wash"),
    estimated: colour("estimated-wash"),
    excused: colour("excused-wash"),
    mark: colour("inconclusive"),
  };
  for (const [at, tone] of worstAt(stations)) {
    context.fillStyle = tones[tone];
    const from = chart.valToPos(times[at], "x", true);
    const span = Math.max(chart.valToPos(times[at + 1], "x", true) - from, 1);
    context.fillRect(from, top, span, height);
    // Whatever else became of it: what the bill rests on is seen at once.
    if (stations.some(({ verdicts }) => verdicts.get(at) === "estimated")) {
      context.fillStyle = tones.mark;
      context.fillRect(from, top + height - 6 * devicePixelRatio, span, 6 * devicePixelRatio);
    }
  }
  context.restore();
}
