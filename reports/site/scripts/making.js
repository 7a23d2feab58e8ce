// Elements: text goes in as text, whatever a message wrote.

function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}
function draw(tag, attributes = {}, ...children) {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}
function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}
function icon(name) {
  return draw("svg", { class: "icon", "aria-hidden": "true" }, draw("use", { href: `#icon-${name}` }));
}
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
function kwh(wh) {
  return (wh / 1000).toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}
function told(name) {
  return JSON.parse(document.getElementById(`data-${name}`).textContent);
}
// A colour of the style sheet as it is now, light or dark: a canvas knows no light-dark().
function colour(name) {
  const probe = make("span", { hidden: "" });
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
function handOut(name, kind, content) {
  const address = URL.createObjectURL(new Blob([content], { type: kind }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
function table(heads, rows, attributes = {}) {
  const head = make("thead", {}, make("tr", {}, ...heads.map((title) => make("th", { scope: "col" }, title))));
  const body = rows.map((cells) =>
    make(
      "tr",
      {},
      ...cells.map((cell, at) => {
        const value = Array.isArray(cell) ? cell : [cell];
        return at ? make("td", {}, ...value) : make("th", { scope: "row" }, ...value);
      }),
    ),
  );
  return make("table", attributes, head, make("tbody", {}, ...body));
}
