// One message: what is wrong in it in plain words, what it says of itself, and its rows with the faulty ones marked.

const ROWS_AT_ONCE = 2000;
const LONGEST_ROW = 5000;

async function showMessage(panel, anchor, message) {
  panel.classList.add("chosen");
  panel.dataset.message = message[NUMBER];
  const [source, target] = message[WIRE].split("->");
  const [from, to] = message[LEG] === "reply" ? [target, source] : [source, target];
  const facts = make("dl", { class: "table" });
  const [id, correlation, action] = message[IDS];
  const known = {
    from: system(message[SENDER] ?? from),
    to: system(message[SENDER] === to ? from : to),
    heard: message[AT],
    HTTP: message[STATUS],
    MessageID: id,
    CorrelationID: correlation,
    SOAPAction: action,
    "not judged": message[NOT_JUDGED],
  };
  for (const [name, value] of Object.entries(known)) if (value) facts.append(make("dt", {}, name), make("dd", {}, `${value}`));
  const body = make("div", { class: "body" });
  panel.replaceChildren(
    make("h3", {}, `Message ${message[NUMBER]} `, make("span", {}, `${message[LEG] === "reply" ? "reply: " : ""}${message[TITLE]}`)),
    ...faults(message[FAULTS]),
    facts,
    body,
  );
  try {
    const content = await lying("messages", message[BODY]);
    if (panel.dataset.message !== `${message[NUMBER]}`) return;
    body.append(buttons(message, content), rowsOf(content, message[MARKED]));
    const mark = body.querySelector(".marked");
    if (mark) mark.parentElement.scrollTop = mark.offsetTop - mark.parentElement.offsetTop - 80;
  } catch (error) {
    cannotOpen(body, error);
  }
}
function faults(list) {
  const seen = new Set();
  return list.map((each) => {
    const isFirst = !seen.has(each[1]);
    seen.add(each[1]);
    return fault(each, isFirst);
  });
}
function fault([severity, rule, expected, found], isExplained) {
  const [why, mend] = (isExplained && WORDS.rules[rule]) || ["", ""];
  return make(
    "div",
    { class: `fault ${severity}` },
    make("p", { class: "heading" }, make("span", { class: "severity" }, severity), " ", make("code", {}, rule)),
    make("p", {}, make("b", {}, "Expected "), expected),
    make("p", {}, make("b", {}, "Found "), found),
    why ? make("p", {}, make("b", {}, "It means "), why) : "",
    mend ? make("p", {}, make("b", {}, "Mend it "), mend) : "",
  );
}
function buttons(message, content) {
  const name = `message-${message[NUMBER]}.${content.bytes === null ? "xml" : "bin"}`;
  const download = make("button", { type: "button", class: "download" }, "Download the bytes");
  download.addEventListener("click", () =>
    handOut(
      name,
      "application/octet-stream",
      content.bytes === null ? raw(content) : Uint8Array.from(atob(content.bytes), (letter) => letter.charCodeAt(0)),
    ),
  );
  const copy = make("button", { type: "button" }, "Copy");
  if (content.bytes !== null) copy.hidden = true;
  copy.addEventListener("click", () => copyText(raw(content), copy));
  return make("p", { class: "bar-of-buttons" }, download, copy, make("span", { class: "note" }, howToRead(content)));
}
function howToRead(content) {
  if (content.bytes !== null) return "No text: the first bytes, in hexadecimal.";
  const cut = content.leftOut ? ` ${content.leftOut.toLocaleString("en")} more characters stand in the record.` : "";
  return (
    (content.part.length
      ? "Long lines are folded for reading: 1:37 is the 37th piece of line 1."
      : "Line by line, as it was on the wire.") + cut
  );
}
function raw(content) {
  return content.text.map((text, at) => (at && content.line[at] !== content.line[at - 1] ? "\n" : "") + text).join("");
}
function rowsOf(content, spots) {
  const marked = new Map(spots.map(([at, begin, end]) => [at, [begin, end]]));
  const box = make("div", { class: "xml", tabindex: "0", role: "region", "aria-label": "The message" });
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
