// What lies beside the page: a page opened from a file may not fetch, but it may load scripts, and each hands over one parcel.

const parcels = new Map();
const handed = new Map();
window.meterGate = (name, packed) => handed.set(name, packed);

function parcel(name) {
  if (!parcels.has(name)) parcels.set(name, load(name).then(unpack));
  return parcels.get(name);
}
function load(name) {
  return new Promise((resolve, reject) => {
    const script = make("script", { src: `report/${name}.js` });
    script.addEventListener("load", () => {
      script.remove();
      if (handed.has(name)) resolve(handed.get(name));
      else reject(new Error(`report/${name}.js is damaged`));
      handed.delete(name);
    });
    script.addEventListener("error", () => reject(new Error(`report/${name}.js does not stand beside this page`)));
    document.head.append(script);
  });
}
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
async function lying(kind, [number, item]) {
  return (await parcel(`${kind}-${number}`))[item];
}
function cannotOpen(where, error) {
  where.replaceChildren(
    make("p", { class: "note", role: "alert" }, `It cannot be opened: ${error.message}. It stands in the record of the run.`),
  );
}
