/** One item: what it is, what is like it, and what is bought with it. */

import { get } from "../api.js";
import { facts, h, link, section, show, table } from "../dom.js";
import { amountOf, days, decimal, money, share, short, time, whole } from "../format.js";
import { lookUp, trends } from "../parts.js";

export const title = "Items";

const SHOWN = 20;
const NOT_ENOUGH = "Not enough data.";

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
  const rising = await get(["v1", "trending"], { kind: "items", limit: SHOWN }, signal);
  show(place, section("Rising", trends("items", rising)));
}

const known = (value, text) => ((value ?? null) === null ? null : text(value));

async function one(place, id, signal) {
  const [{ item, model }, similar, together, trend] = await Promise.all([
    get(["v1", "items", id], {}, signal),
    get(["v1", "items", id, "similar"], { limit: SHOWN }, signal),
    get(["v1", "items", id, "bought-together"], { limit: SHOWN }, signal),
    get(["v1", "trending"], { kind: "items", limit: 1 }, signal),
  ]);
  show(
    place,
    section(
      item?.title || id,
      facts([
        ["Id", h("code", {}, id)],
        ["In the catalogue", item !== null ? "yes" : "no: known from events only"],
        ["Category", item?.category],
        ["Price", known(item?.priceMinor, () => money(amountOf(item, "priceMinor")))],
        ["Stock", known(item?.stock, whole)],
        ["Picture", item?.image],
        ["Page", item?.link],
        ["Interactions", model === null ? "none" : whole(model.interactions)],
        ["In closed orders", model === null ? null : whole(model.purchases)],
        [
          "Popularity",
          model === null
            ? null
            : `interactions: ${short(model.popularityShort)} if each counts half after ${days(trend.shortHalfLifeMillis)}, ${short(model.popularityLong)} if after ${days(trend.longHalfLifeMillis)}; at ${time(model.popularityTime)}`,
        ],
      ]),
    ),
    h(
      "div",
      { class: "columns" },
      section(
        "Bought together",
        table(
          "In the same orders, in at least three or clearly more often than by chance. Confidence: share of this item's" +
            " orders; lift: 1 is as often as by chance, and at least so much with a confidence of 95%",
          [
            { title: "Item", of: (row) => link(row.title ?? row.itemId, "items", row.itemId) },
            { title: "Orders", numeric: true, of: (row) => whole(row.orders) },
            { title: "Confidence", numeric: true, of: (row) => share(row.confidence) },
            { title: "Lift", numeric: true, of: (row) => decimal(row.lift) },
            { title: "At least", numeric: true, of: (row) => decimal(row.liftLower) },
          ],
          together.boughtTogether,
          NOT_ENOUGH,
        ),
      ),
      section(
        "Similar",
        table(
          "Items with similar factors, by their cosine: 1 is the same direction, 0 is unrelated",
          [
            { title: "Item", of: (row) => link(row.title ?? row.itemId, "items", row.itemId) },
            { title: "Cosine", numeric: true, of: (row) => decimal(row.cosine, 2) },
          ],
          similar.similar,
          NOT_ENOUGH,
        ),
      ),
    ),
  );
}
