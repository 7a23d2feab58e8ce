// The leaves of the trees: scenarios, listed when their branch is opened.

document.addEventListener(
  "toggle",
  (event) => {
    const branch = event.target;
    if (!branch.open || !branch.dataset?.scenes) return;
    const rows = branch.dataset.scenes.split(" ").map((anchor) => sceneOf.get(anchor).scene);
    branch.append(
      make(
        "ul",
        { class: "leaves" },
        ...rows.map((scene) => make("li", { class: scene[OUTCOME] }, badge(scene[OUTCOME]), " ", sceneLink(scene), rowValues(scene))),
      ),
    );
    delete branch.dataset.scenes;
  },
  true,
);
