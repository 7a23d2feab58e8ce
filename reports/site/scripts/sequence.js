// The traffic of a scenario as a sequence diagram: systems as lifelines, messages as arrows that can be chosen.

// The order of the values of one message, as reports/site/scenes.py writes them.
const [NUMBER, EXCHANGE, AT, WIRE, LEG, STATUS, TITLE, IDS, SENDER, BODY, MARKED, FAULTS, NOT_JUDGED] = Array(13).keys();
const ORDER = ["hes", "mdms", "cis", "oms", "fms", "wams", "tester"];
const GUTTER = 92;
const LANE = 196;
const STEP = 36;
const WHOLE = 60;
const AROUND = 3;
const AT_ONCE = 200;

function sequence(anchor, traffic) {
  const ends = new Set(traffic.flatMap((message) => message[WIRE].split("->")));
  const rank = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const lanes = [...ends].sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
  const width = GUTTER + lanes.length * LANE;
  const at = (name) => GUTTER + (lanes.indexOf(name) + 0.5) * LANE;
  const heads = draw(
    "svg",
    { class: "heads", width, height: 46, viewBox: `0 0 ${width} 46`, "aria-hidden": "true" },
    ...lanes.flatMap((name) => [
      draw("rect", { x: at(name) - LANE / 2 + 8, y: 3, width: LANE - 16, height: 40, rx: 4 }),
      headline(system(name), at(name)),
    ]),
  );
  const box = make("div", { class: "lifelines" });
  const shown = new Set(chosen(traffic));
  const paint = () => box.replaceChildren(lines(anchor, traffic, shown, lanes, at, width, paint));
  paint();
  box.reveal = (place) => {
    if (shown.has(place)) return;
    for (let near = Math.max(0, place - AROUND); near <= Math.min(traffic.length - 1, place + AROUND); near += 1) shown.add(near);
    paint();
  };
  return [heads, box];
}
// A long name in two lines, broken where its halves are most alike in length.
function headline(name, x) {
  const words = name.split(" ");
  const breaks = words.map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  const [first, second] =
    name.length <= 20 ? [name, ""] : breaks.sort(([a, b], [c, d]) => Math.max(a.length, b.length) - Math.max(c.length, d.length))[0];
  const line = (text, y) => draw("tspan", { x, y }, text.length > 28 ? `${text.slice(0, 27)}…` : text);
  return draw("text", { "text-anchor": "middle" }, line(first, second ? 20 : 27), second ? line(second, 35) : "");
}
function chosen(traffic) {
  const all = [...traffic.keys()];
  if (all.length <= WHOLE) return all;
  const faulty = all.filter((place) => traffic[place][FAULTS].length).slice(0, WHOLE / 2);
  const near = faulty.flatMap((place) => all.slice(Math.max(0, place - AROUND), place + AROUND + 1));
  return [...all.slice(0, WHOLE / 3), ...near, ...all.slice(-WHOLE / 10)];
}
function lines(anchor, traffic, shown, lanes, at, width, paint) {
  const parts = [];
  let y = 8;
  let day = "";
  for (let place = 0; place < traffic.length; place += 1) {
    if (!shown.has(place)) {
      const from = place;
      while (place < traffic.length && !shown.has(place)) place += 1;
      parts.push(gap(from, place, y, width, shown, paint));
      y += STEP;
      place -= 1;
      continue;
    }
    const message = traffic[place];
    const [date, clock] = message[AT].split(" ");
    if (date !== day) {
      day = date;
      parts.push(draw("text", { class: "day", x: 4, y: y + 12 }, day));
      y += 18;
    }
    parts.push(arrow(anchor, message, clock, y, at, width));
    y += STEP;
  }
  const life = lanes.map((name) => draw("line", { class: "life", x1: at(name), x2: at(name), y1: 0, y2: y + 6 }));
  return draw(
    "svg",
    {
      width,
      height: y + 8,
      viewBox: `0 0 ${width} ${y + 8}`,
      role: "group",
      "aria-label": `${count(traffic.length, "message")}, in the order in which they were heard`,
    },
    ...life,
    ...parts,
  );
}
function gap(from, to, y, width, shown, paint) {
  const label = `${count(to - from, "message")} left out: show ${to - from > AT_ONCE ? `the next ${AT_ONCE}` : "them"}`;
  const link = draw(
    "a",
    { class: "gap", href: "#", role: "button", "aria-label": label },
    draw("rect", { x: 2, y: y + 2, width: width - 4, height: STEP - 8, rx: 3 }),
    draw("text", { x: width / 2, y: y + 20, "text-anchor": "middle" }, `⋮ ${label}`),
  );
  link.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    for (let place = from; place < Math.min(to, from + AT_ONCE); place += 1) shown.add(place);
    paint();
  });
  return link;
}
function arrow(anchor, message, clock, y, at, width) {
  const [source, target] = message[WIRE].split("->");
  const isReply = message[LEG] === "reply";
  const [start, end] = isReply ? [at(target), at(source)] : [at(source), at(target)];
  const back = end < start ? 1 : -1;
  const line = y + 26;
  const grave = message[FAULTS][0]?.[0];
  const what = `${message[TITLE]}${isReply && message[STATUS] >= 300 ? ` HTTP ${message[STATUS]}` : ""}`;
  const middle = (start + end) / 2;
  const room = what.length * 6.4 + 8;
  const said = grave ? `; faulty: ${message[FAULTS][0][1]}, expected ${message[FAULTS][0][2]}` : "";
  const spoken = `${clock} ${what}, message ${message[NUMBER]} from ${system(isReply ? target : source)} to ${system(isReply ? source : target)}${said}`;
  const parts = [
    draw("rect", { class: "hit", x: 2, y: y + 2, width: width - 4, height: STEP - 3, rx: 3 }),
    draw("text", { class: "clock", x: 8, y: y + 22 }, `${clock} `),
    draw("rect", { class: "under", x: middle - room / 2, y: y + 7, width: room, height: 15 }),
    draw("text", { class: "what", x: middle, y: y + 19, "text-anchor": "middle" }, what),
    draw("path", { class: "shaft", d: `M${start} ${line}H${end + back * 7}` }),
    draw("path", { class: "tip", d: `M${end} ${line}l${back * 9} -4.5v9z` }),
  ];
  if (grave) {
    const left = Math.min(start, end) - 14;
    const sign = grave === "error" ? `M${left - 3} ${line - 3}l6 6m0 -6l-6 6` : `M${left} ${line - 4.5}v5m0 2.2v1.6`;
    parts.push(draw("g", { class: "flag" }, draw("circle", { cx: left, cy: line, r: 8 }), draw("path", { d: sign })));
  }
  const classes = `arrow ${message[LEG]} ${grave ?? ""}`.trim();
  return draw(
    "a",
    { class: classes, href: `#${anchor}m${message[NUMBER]}`, id: `${anchor}m${message[NUMBER]}`, "aria-label": spoken },
    ...parts,
  );
}
