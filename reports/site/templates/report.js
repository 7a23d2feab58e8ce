"use strict";
(() => {
  // The order of the values of one message, as reports/site/scenes.py writes them.
  const [NUMBER, EXCHANGE, AT, WIRE, LEG, STATUS, TITLE, IDS, SENDER, PLACE, MARKED, WEIGHT] = Array(12).keys();
  const ROWS_AT_ONCE = 2000;
  const LONGEST_ROW = 5000;
  const traffic = JSON.parse(document.getElementById("traffic").textContent);
  const articles = [...document.querySelectorAll("article.scene")];

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // What lies in the parcels

  const opened = new Map();
  function parcel(number) {
    if (!opened.has(number)) opened.set(number, unpack(document.getElementById(`parcel-${number}`).textContent));
    return opened.get(number);
  }
  async function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }
  async function lying([number, item]) {
    return (await parcel(number))[item];
  }
  function cannotOpen(where, error) {
    where.append(make("p", { class: "note" }, `This browser cannot open it (${error.message}); it stands in the record of the run.`));
  }

  // Traffic

  function listTraffic(details) {
    if (details.dataset.listed) return;
    details.dataset.listed = "yes";
    for (const message of traffic[details.dataset.scene]) details.append(entry(details.dataset.scene, message));
  }
  function entry(scene, message) {
    const flag = message[WEIGHT] ? make("span", { class: "flag" }, message[WEIGHT]) : "";
    const status = message[STATUS] ? make("span", {}, `HTTP ${message[STATUS]} `) : "";
    const summary = make("summary", {},
      make("span", { class: "number" }, `${message[NUMBER]}`), make("time", {}, message[AT]), make("span", {}, message[WIRE].replace("->", " → ")),
      make("span", { class: "what" }, `${message[LEG] === "reply" ? "↩ " : ""}${message[TITLE]}`), make("span", {}, status, flag));
    const details = make("details", { class: `message ${message[LEG]} ${message[WEIGHT] ?? ""}`, id: `${scene}m${message[NUMBER]}` }, summary);
    if (message[WEIGHT]) details.dataset.weight = message[WEIGHT];
    details.message = message;
    return details;
  }
  async function showBody(details) {
    if (details.shown) return details.shown;
    const body = make("div", { class: "body" });
    details.append(body);
    details.shown = fillBody(body, details.message).catch((error) => cannotOpen(body, error));
    return details.shown;
  }
  async function fillBody(body, message) {
    const [id, correlation, action] = message[IDS];
    const facts = make("dl", { class: "table" });
    const known = { "sent by": message[SENDER], exchange: message[EXCHANGE], MessageID: id, CorrelationID: correlation, SOAPAction: action };
    for (const [name, value] of Object.entries(known)) {
      if (value) facts.append(make("dt", {}, name), make("dd", {}, make("code", {}, `${value}`)));
    }
    const content = await lying(message[PLACE]);
    const copy = make("button", { type: "button", ...(content.binary ? { hidden: "" } : {}) }, "Copy the message");
    copy.addEventListener("click", () => copyText(raw(content), copy));
    body.append(facts, make("p", { class: "bar" }, copy, howToRead(content)), rowsOf(content, message[MARKED]));
  }
  function howToRead(content) {
    if (content.binary) return "No text: the first bytes, in hexadecimal.";
    const cut = content.leftOut ? ` ${content.leftOut.toLocaleString("en")} more characters stand in the record.` : "";
    return (content.part.length ? "Long lines are folded for reading: 1:37 is the 37th piece of line 1." : "Line by line, as it was on the wire.") + cut;
  }
  function raw(content) {
    return content.text.map((text, at) => (at && content.line[at] !== content.line[at - 1] ? "\n" : "") + text).join("");
  }
  function rowsOf(content, spots) {
    const marked = new Map(spots.map(([at, begin, end]) => [at, [begin, end]]));
    const box = make("div", { class: "xml", tabindex: "0", "aria-label": "The message" });
    let done = 0;
    const more = make("button", { type: "button" });
    const add = (upTo) => {
      const some = document.createDocumentFragment();
      for (; done < Math.min(upTo, content.text.length); done += 1) some.append(row(content, done, marked.get(done)));
      more.remove();
      box.append(some);
      if (done < content.text.length) {
        more.textContent = `Show the other ${(content.text.length - done).toLocaleString("en")} rows`;
        box.append(more);
      }
    };
    more.addEventListener("click", () => add(Infinity));
    add(Math.max(ROWS_AT_ONCE, ...spots.map(([at]) => at + 50)));
    return box;
  }
  function row(content, at, spot) {
    const part = content.part[at];
    const [begin, end] = spot ?? [0, 0];
    const text = content.text[at];
    const code = make("code", {}, coloured(text.slice(0, begin)));
    if (content.depth[at]) code.style.setProperty("--depth", content.depth[at]);
    if (end > begin) code.append(make("mark", {}, coloured(text.slice(begin, end))));
    code.append(coloured(text.slice(end)));
    const margin = make("span", { class: "margin" }, part ? `${content.line[at]}:${part}` : `${content.line[at]}`);
    return make("div", { class: spot ? "line marked" : "line" }, margin, code);
  }
  function coloured(text) {
    const some = document.createDocumentFragment();
    const shown = text.length > LONGEST_ROW ? `${text.slice(0, LONGEST_ROW)} … (${text.length - LONGEST_ROW} characters more)` : text;
    for (const piece of shown.split(/(<[^<>]*>)/)) {
      if (piece) some.append(piece.startsWith("<") ? make("i", {}, piece) : piece);
    }
    return some;
  }
  async function copyText(text, button) {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Cannot copy here: mark the text instead";
    }
  }

  // Truth

  async function listIntervals(button) {
    const table = make("table");
    const kwh = (wh) => (wh === null ? "nothing" : (wh / 1000).toFixed(3));
    try {
      const rows = await lying([Number(button.dataset.parcel), Number(button.dataset.item)]);
      const head = ["interval to", "measured", "found", "verdict"].map((title) => make("th", { scope: "col" }, title));
      table.append(make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows.map(([end, measured, found, verdict]) =>
        make("tr", {}, make("td", {}, end), make("td", { class: "number" }, kwh(measured)), make("td", { class: "number" }, kwh(found)),
          make("td", {}, make("span", { class: `verdict ${verdict}` }, verdict))))));
      button.replaceWith(table);
    } catch (error) {
      cannotOpen(button.parentElement, error);
    }
  }

  // Showing and hiding

  const search = document.getElementById("search");
  const boxes = [...document.querySelectorAll("input[name=outcome]")];
  const haystacks = new Map();
  function haystack(article) {
    if (!haystacks.has(article)) {
      const ids = traffic[article.id].map((message) => message[IDS].join(" "));
      haystacks.set(article, `${article.closest(".feature").querySelector("h3").textContent} ${article.closest(".rule").querySelector("h4")?.textContent ?? ""} ${article.textContent} ${ids.join(" ")}`.replace(/\s+/g, " ").toLowerCase());
    }
    return haystacks.get(article);
  }
  function filter() {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const article of articles) {
      const fits = wanted.has(article.dataset.outcome) && words.every((word) => haystack(article).includes(word));
      article.hidden = !fits;
      shown += fits;
    }
    for (const group of [".rule", ".feature", ".phase"]) {
      for (const element of document.querySelectorAll(group)) element.hidden = !element.querySelector("article.scene:not([hidden])");
    }
    document.getElementById("nothing").hidden = shown > 0;
    document.getElementById("shown").textContent = shown === articles.length ? "" : `${shown} of ${articles.length} scenarios shown`;
  }
  function showAll() {
    search.value = "";
    for (const box of boxes) box.checked = true;
    filter();
  }
  for (const box of boxes) box.addEventListener("change", filter);
  search.addEventListener("input", filter);
  document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("show-all").addEventListener("click", showAll);
  const openAll = (open) => articles.forEach((article) => { if (!article.hidden) article.querySelector("details").open = open; });
  document.getElementById("open-all").addEventListener("click", () => openAll(true));
  document.getElementById("close-all").addEventListener("click", () => openAll(false));
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });

  // Going somewhere

  async function reveal(anchor) {
    const [scene, message] = anchor.split("m");
    const article = /^s\d+(m\d+)?$/.test(anchor) && document.getElementById(scene);
    if (!article) return;
    if (article.hidden) showAll();
    article.querySelector("details").open = true;
    let target = article;
    if (message) {
      const list = article.querySelector(".traffic");
      list.open = true;
      listTraffic(list);
      const details = document.getElementById(anchor);
      if (details) {
        details.open = true;
        await showBody(details);
        target = details.querySelector(".marked") ?? details;
      }
    }
    target.scrollIntoView({ block: message ? "center" : "start" });
  }
  function step(direction) {
    const worrying = articles.filter((article) => !article.hidden && article.dataset.outcome !== "passed");
    const tops = worrying.map((article) => article.getBoundingClientRect().top);
    const next = direction > 0 ? tops.findIndex((top) => top > 24) : tops.findLastIndex((top) => top < -24);
    if (next < 0) return;
    worrying[next].scrollIntoView({ block: "start" });
    worrying[next].querySelector("summary").focus({ preventScroll: true });
  }
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.open) return;
    if (details.matches(".traffic")) listTraffic(details);
    if (details.matches(".message")) showBody(details);
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(link.hash.slice(1));
    const button = event.target.closest(".all-intervals");
    if (button) listIntervals(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) {
      if (event.key === "Escape") { search.value = ""; filter(); search.blur(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });
  window.addEventListener("hashchange", () => reveal(location.hash.slice(1)));
  filter();
  if (location.hash) reveal(location.hash.slice(1));
  document.documentElement.dataset.ready = "yes";
})();
