// Full-text search over what every scenario says, and over the ids of its messages.

const searchField = document.getElementById("search");
const SEARCHED = told("search");
const LEAST_ID = 6;
const MOST_HITS = 300;
let searching = null;

function searchTexts() {
  searching ??= (async () => {
    const texts = await lying("search", SEARCHED.texts);
    const engine = new MiniSearch({
      // By default, tags and other symbols would stick to the words beside them.
      tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean),
      fields: ["name", "where", "steps", "tags", "fault", "traffic"],
      searchOptions: {
        boost: { name: 4, where: 2, fault: 2 },
        prefix: true,
        fuzzy: (term) => (term.length > 5 ? 0.15 : 0),
        combineWith: "AND",
      },
    });
    engine.addAll(texts);
    return engine;
  })();
  return searching;
}
async function search(query) {
  try {
    const engine = await searchTexts();
    const hits = engine
      .search(query)
      .map((hit) => sceneOf.get(hit.id))
      .filter(isWanted);
    const withId = query.length >= LEAST_ID ? await byMessageId(query) : [];
    if (searchField.value.trim() !== query) return;
    const texts = hits.filter((entry) => !withId.some(([found]) => found === entry));
    listing.replaceChildren(
      make(
        "ol",
        { class: "rows hits" },
        ...withId.map(([entry, row]) => row),
        ...texts.slice(0, MOST_HITS).map((entry) => sceneRow(entry, true)),
      ),
    );
    sayShown(withId.length + texts.length, query);
  } catch (error) {
    cannotOpen(listing, error);
  }
}
async function byMessageId(query) {
  const wanted = query.toLowerCase();
  const { of: ids } = await lying("search", SEARCHED.ids);
  const found = scenes
    .filter((entry, at) => ids[at].toLowerCase().includes(wanted))
    .filter(isWanted)
    .slice(0, 20);
  return Promise.all(
    found.map(async (entry) => {
      const { traffic } = await lying("scenarios", entry.scene[STORY]);
      const row = sceneRow(entry, true);
      const messages = traffic.filter((message) => message[IDS].slice(0, 2).some((id) => id?.toLowerCase().includes(wanted))).slice(0, 5);
      const links = messages.map((message) =>
        make(
          "a",
          { class: "to-message", href: `#${entry.scene[ANCHOR]}m${message[NUMBER]}` },
          `message ${message[NUMBER]}, ${message[TITLE]}`,
        ),
      );
      row.querySelector(".title").append(make("span", { class: "from" }, ...links.flatMap((link) => [link, " "])));
      return [entry, row];
    }),
  );
}
