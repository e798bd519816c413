/** What the instances run, drawn. */

import { get } from "../api.js";
import { details, h, scrolling, section, show, svg, table } from "../dom.js";
import { layers } from "../layout.js";

export const title = "Topology";

const WIDTH = 190;
const ROW = 40;
const BOX = 28;
const GAP = 70;
/** Room for a character of a label, pixels. */
const CHARACTER = 6.6;

/** Draws each sub-topology: topics to the left and right, processors between, their stores below them. */
export async function render(place, _parts, signal) {
  const { subtopologies, globalStores } = await get(["v1", "topology"], {}, signal);
  show(
    place,
    h(
      "ul",
      { class: "legend" },
      h("li", {}, h("span", { class: "swatch topic" }), "topic"),
      h("li", {}, h("span", { class: "swatch processor" }), "processor"),
      h("li", {}, h("span", { class: "swatch store" }), "store"),
    ),
    subtopologies.map(part),
    section(
      "Global stores",
      table(
        "Whole on every instance",
        [
          { title: "Topic", of: (row) => row.topic },
          { title: "Processor", of: (row) => row.processor },
          { title: "Store", of: (row) => row.store },
        ],
        globalStores,
      ),
    ),
  );
}

function part(subtopology) {
  const names = new Map(subtopology.nodes.map((node) => [node.name, node]));
  const title = `Sub-topology ${subtopology.id}: ${subtopology.nodes[0].name.split("-")[0]}`;
  return section(
    title,
    scrolling(title, drawing(subtopology, names, title)),
    details(
      title,
      "As a table",
      table(
        title,
        [
          { title: "Node", of: (node) => node.name },
          { title: "Kind", of: (node) => node.kind },
          { title: "Topics", of: (node) => node.topics.join(", ") || "–" },
          { title: "Stores", of: (node) => node.stores.join(", ") || "–" },
          { title: "Sends to", of: (node) => node.successors.join(", ") || "–" },
        ],
        subtopology.nodes,
      ),
    ),
  );
}

/** Sources and sinks are shown as their topics. */
function drawing(subtopology, names, title) {
  const label = (node) => (node.kind === "processor" ? node.name : node.topics.join(", ") || node.name);
  const edges = subtopology.nodes.flatMap((node) => node.successors.map((next) => [node.name, next]));
  const rows = layers([...names.keys()], edges);
  const boxes = new Map();
  let height = 0;
  let left = 0;
  for (const row of rows) {
    const width = Math.max(
      WIDTH,
      ...row.flatMap((name) =>
        [label(names.get(name)), ...names.get(name).stores].map((text) => text.length * CHARACTER + 24),
      ),
    );
    let top = 0;
    for (const name of row) {
      const stores = names.get(name).stores.length;
      boxes.set(name, { x: left, y: top, width, height: BOX + stores * 20 });
      top += ROW + stores * 20;
    }
    height = Math.max(height, top);
    left += width + GAP;
  }
  for (const row of rows) {
    const used = Math.max(...row.map((name) => boxes.get(name).y + boxes.get(name).height));
    for (const name of row) {
      boxes.get(name).y += (height - used) / 2;
    }
  }
  const full = left - GAP;
  return svg(
    "svg",
    {
      class: "topology",
      width: full + 4,
      height: height + 4,
      viewBox: `-2 -2 ${full + 4} ${height + 4}`,
      role: "img",
      "aria-label": `${title}; the same is in the table below.`,
    },
    edges.map(([from, to]) => arrow(boxes.get(from), boxes.get(to))),
    subtopology.nodes.map((node) => box(node, label(node), boxes.get(node.name))),
  );
}

function arrow(from, to) {
  const [x1, y1] = [from.x + from.width, from.y + BOX / 2];
  const [x2, y2] = [to.x, to.y + BOX / 2];
  const middle = (x1 + x2) / 2;
  return svg(
    "g",
    { class: "arrow" },
    svg("path", { class: "edge", d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2 - 7} ${y2}` }),
    svg("path", { class: "head", d: `M${x2} ${y2}l-8 -4v8z` }),
  );
}

function box(node, label, { x, y, width, height }) {
  const kind = node.kind === "processor" ? "processor" : "topic";
  return svg(
    "g",
    { class: `node ${kind}` },
    svg("title", {}, node.name),
    svg("rect", { x, y, width, height, rx: kind === "topic" ? BOX / 2 : 4 }),
    svg("text", { x: x + width / 2, y: y + BOX / 2, dy: "0.35em", "text-anchor": "middle" }, label),
    node.stores.map((store, i) =>
      svg(
        "g",
        { class: "store" },
        svg("rect", { x: x + 8, y: y + BOX + i * 20 - 2, width: width - 16, height: 17, rx: 8 }),
        svg("text", { x: x + width / 2, y: y + BOX + i * 20 + 7, dy: "0.35em", "text-anchor": "middle" }, store),
      ),
    ),
  );
}
