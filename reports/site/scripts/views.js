// One view at a time; the address says which, so that each can be linked to.

const views = [...document.querySelectorAll(".view")];
const tabs = [...document.querySelectorAll(".bar nav a")];

function show(name) {
  for (const view of views) view.hidden = view.id !== name;
  for (const tab of tabs) {
    const isHere = tab.hash === `#${name}` || (name === "scenario" && tab.hash === "#scenarios");
    if (isHere) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  document.body.dataset.view = name;
  document.documentElement.dataset.shown = name;
}
