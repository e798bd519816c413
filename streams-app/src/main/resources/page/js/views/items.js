/** One item: what it is, what is like it, and what is bought with it. */

import { get } from "../api.js";
import { facts, h, link, section, show, table } from "../dom.js";
import { money, share, short, time, whole } from "../format.js";
import { lookUp, trends } from "../parts.js";

export const title = "Items";

const SHOWN = 20;

/** Asks for an id, or shows the one that the path names; without one also what rises. */
export async function render(place, parts, signal) {
  const id = parts.join("/");
  const content = h("div", {});
  show(
    place,
    lookUp("item", "Item, by title or id", id, "items", (typed) => ["items", typed]),
    content,
  );
  await (id === "" ? trending(content, signal) : one(content, id, signal));
}

async function trending(place, signal) {
  const { trending: rows } = await get(["v1", "trending"], { kind: "items", limit: SHOWN }, signal);
  show(place, section("Rising", trends("items", "Touched more of late than for long", rows)));
}

async function one(place, id, signal) {
  const [item, similar, together] = await Promise.all([
    get(["v1", "items", id], {}, signal),
    get(["v1", "items", id, "similar"], { limit: SHOWN }, signal),
    get(["v1", "items", id, "bought-together"], { limit: SHOWN }, signal),
  ]);
  const { model } = item;
  show(
    place,
    section(
      item.title ?? item.id,
      facts([
        ["Id", h("code", {}, item.id)],
        ["In the catalogue", item.catalogued ? "yes" : "no: known from events only"],
        ["Category", item.category],
        ["Price", item.price === null ? null : money(item.price)],
        ["Stock", item.stock === null ? null : whole(item.stock)],
        ["Picture", item.image],
        ["Page", item.link],
        ["Touched", model === null ? "never" : `${whole(model.interactions)} times`],
        ["In closed orders", model === null ? null : whole(model.purchases)],
        [
          "Popularity",
          model === null
            ? null
            : `${short(model.popularityShort)} touches lately, ${short(model.popularityLong)} over a longer time, older ones counting less; at ${time(model.popularityTime)}`,
        ],
      ]),
    ),
    h(
      "div",
      { class: "columns" },
      section(
        "Bought together",
        table(
          "In the same orders, the strongest first; a lift of 1 is as often as by chance",
          [
            { title: "Item", of: (row) => link(row.title ?? row.itemId, "items", row.itemId) },
            { title: "Orders", numeric: true, of: (row) => whole(row.orders) },
            { title: "Confidence", numeric: true, of: (row) => share(row.confidence) },
            { title: "Lift", numeric: true, of: (row) => short(row.lift) },
          ],
          together.boughtTogether,
        ),
      ),
      section(
        "Similar",
        table(
          "Factors that point the same way",
          [
            { title: "Item", of: (row) => link(row.title ?? row.itemId, "items", row.itemId) },
            { title: "Cosine", numeric: true, of: (row) => short(row.cosine) },
          ],
          similar.similar,
        ),
      ),
    ),
  );
}
