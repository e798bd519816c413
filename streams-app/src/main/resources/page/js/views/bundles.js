/** Which bundles earn, rise and fall; one bundle in detail; and mined ones that await approval. */

import { get, post } from "../api.js";
import { facts, h, link, say, section, show, table } from "../dom.js";
import { money, monies, share, short, time, whole, words } from "../format.js";
import { lookUp, trends } from "../parts.js";
import { stateAndSwitch } from "./catalog.js";

export const title = "Bundles";

const SHOWN = 15;
const SUGGESTIONS = 20;
const BASIS_POINTS = 10_000;

/** Shows all, or the one that the path names. */
export async function render(place, parts, signal) {
  if (parts.length > 0) {
    await one(place, parts.join("/"), signal);
    return;
  }
  const [top, rising, falling] = await Promise.all([
    get(["v1", "reports", "bundles"], { sort: "revenue", limit: SHOWN }, signal),
    get(["v1", "trending"], { kind: "bundles", direction: "rising", limit: SHOWN }, signal),
    get(["v1", "trending"], { kind: "bundles", direction: "falling", limit: SHOWN }, signal),
  ]);
  const suggestions = h("div", {});
  show(
    place,
    lookUp("bundle", "Bundle, by title or id", "", "bundles", (id) => ["bundles", id]),
    section("Awaiting approval", suggestions),
    section(
      "Top",
      table(
        `What offers of a bundle earned since the start, all arms of ${top.experiment ?? "the experiment"}`,
        [
          { title: "Bundle", of: (row) => link(row.title ?? row.bundleId, "bundles", row.bundleId) },
          { title: "Revenue", numeric: true, of: (row) => monies(row.revenue) },
          { title: "Bought", numeric: true, of: (row) => whole(row.conversions) },
          { title: "Clicked", numeric: true, of: (row) => whole(row.clicks) },
          { title: "Offered", numeric: true, of: (row) => whole(row.offers) },
        ],
        top.bundles,
      ),
    ),
    h(
      "div",
      { class: "columns" },
      section("Rising", trends("bundles", rising)),
      section("Falling", trends("bundles", falling)),
    ),
  );
  await awaiting(suggestions, signal);
}

/** Decided on from this page: decisions take a moment to reach the list. */
const decided = new Set();

async function awaiting(place, signal, after = null) {
  const { suggestions: listed, next } = await get(["v1", "suggestions"], { limit: SUGGESTIONS, after }, signal);
  if (signal.aborted) {
    return;
  }
  const suggestions = listed.filter((suggestion) => !decided.has(suggestion.bundleId));
  const again = (from) => {
    place.setAttribute("tabindex", "-1");
    place.focus();
    awaiting(place, signal, from).catch((error) => signal.aborted || say(error.message));
  };
  const list = h("div", {});
  const more = next === null ? null : h("button", { type: "button", on: { click: () => again(next) } }, "More");
  show(
    list,
    table(
      "Found in closed orders, the strongest first",
      [
        {
          title: "Items",
          of: (row) =>
            row.members.flatMap((member, i) => [
              i > 0 ? " + " : "",
              link(member.title ?? member.itemId, "items", member.itemId),
            ]),
        },
        { title: "Price", numeric: true, of: (row) => money(row.price) },
        { title: "List price", numeric: true, of: (row) => money(row.listPrice) },
        { title: "Orders", numeric: true, of: (row) => whole(row.support) },
        { title: "Lift", numeric: true, of: (row) => `${short(row.lift)} (at least ${short(row.liftLower)})` },
        { title: "Found", of: (row) => time(row.suggestedAt) },
        { title: "Decide", of: (row) => decisions(row, place, again) },
      ],
      suggestions,
      "None.",
    ),
  );
  show(
    place,
    h(
      "p",
      { class: "quiet" },
      "An approved bundle is offered from then on, at this price. With kombo.mining.auto.approve, none waits.",
    ),
    list,
    more,
  );
}

/** Buttons to approve or reject; the line goes when it is done, and the next one has the focus. */
function decisions(row, place, again) {
  const name = row.members.map((member) => member.title ?? member.itemId).join(" + ");
  const cell = h("div", { class: "bar" });
  const decide = async (verdict, done) => {
    for (const button of cell.children) {
      button.disabled = true;
    }
    try {
      await post(["v1", "suggestions", row.bundleId, verdict]);
      decided.add(row.bundleId);
      say(`${name} is ${done}.`);
      const line = cell.closest("tr");
      const next = line.nextElementSibling?.querySelector("button") ?? place.querySelector("button");
      line.remove();
      next?.focus();
      if (place.querySelector("tbody tr") === null) {
        again(null);
      }
    } catch (error) {
      say(error.message);
      for (const button of cell.children) {
        button.disabled = false;
      }
    }
  };
  cell.append(
    h(
      "button",
      { type: "button", "aria-label": `Approve ${name}`, on: { click: () => decide("approve", "approved") } },
      "Approve",
    ),
    h(
      "button",
      {
        type: "button",
        class: "plain",
        "aria-label": `Reject ${name}`,
        on: { click: () => decide("reject", "rejected") },
      },
      "Reject",
    ),
  );
  return cell;
}

async function one(place, id, signal) {
  const [bundle, performance] = await Promise.all([
    get(["v1", "bundles", id], {}, signal),
    get(["v1", "bundles", id, "performance"], {}, signal),
  ]);
  show(
    place,
    h("p", {}, link("All bundles", "bundles")),
    section(
      bundle.title,
      facts([
        ["Id", h("code", {}, bundle.id)],
        ["State", stateAndSwitch({ bundleId: bundle.id, title: bundle.title }, bundle.state)],
        ["Price", money(bundle.price)],
        ["List price", money(bundle.listPrice)],
        ["Saving", money(bundle.saving)],
        ["Margin", bundle.margin === null ? null : money(bundle.margin)],
        [
          "Largest discount",
          bundle.maxDiscountBasisPoints === null ? null : share(bundle.maxDiscountBasisPoints / BASIS_POINTS),
        ],
        ["Smallest margin", bundle.minMargin === null ? null : money(bundle.minMargin)],
        ["Stock", bundle.stock === null ? null : whole(bundle.stock)],
        ["Origin", words(bundle.origin)],
        ["Since", time(bundle.createdAt)],
        ["Until", bundle.validUntil === null ? null : time(bundle.validUntil)],
        ["For", bundle.segments.length === 0 ? null : bundle.segments.join(", ")],
        ["Interactions", bundle.model === null ? null : whole(bundle.model.interactions)],
      ]),
      members(bundle.members),
    ),
    section(
      "What offers of it led to",
      table(
        "By arm, since the start",
        [
          { title: "Experiment", of: (row) => row.experiment },
          { title: "Arm", of: (row) => row.arm },
          { title: "Offered", numeric: true, of: (row) => whole(row.figures.offers) },
          { title: "Clicked", numeric: true, of: (row) => whole(row.figures.clicks) },
          { title: "Bought", numeric: true, of: (row) => whole(row.figures.conversions) },
          { title: "Revenue", numeric: true, of: (row) => revenueOf(row.figures) },
        ],
        performance.arms,
        "It has not been offered yet.",
      ),
    ),
  );
}

/** What was sold of it; nothing where no currency is known. */
function revenueOf(figures) {
  return money(figures.currency === null ? null : { amountMinor: figures.revenueMinor, currency: figures.currency });
}

function members(list) {
  return h(
    "ul",
    {},
    list.map((member) =>
      h("li", {}, `${member.quantity} × `, link(member.title ?? member.itemId, "items", member.itemId)),
    ),
  );
}
