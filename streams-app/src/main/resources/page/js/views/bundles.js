/** Which bundles earn, rise and fall; one bundle in detail; and mined ones that await approval. */

import { get, post } from "../api.js";
import { details, facts, h, link, renew, say, section, show, sortedTable, table } from "../dom.js";
import { amountOf, day, decimal, money, monies, share, time, whole } from "../format.js";
import { lookUp, named, poll, trends } from "../parts.js";
import { slotEditor } from "../slots.js";
import { stateAndSwitch } from "./catalog.js";

export const title = "Bundles";

const SHOWN = 15;
/** As many as the service lists at once. */
const SUGGESTIONS = 500;
const PARTNERS = 100;
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
      "Earn most",
      table(
        `What offers of a bundle earned since the start, all arms of the experiment ${top.experiment}`,
        [
          { title: "Bundle", of: (row) => named("bundles", row.bundleId, row.title) },
          { title: "Offered", numeric: true, of: (row) => whole(row.offers) },
          { title: "Clicked", numeric: true, of: (row) => whole(row.clicks) },
          { title: "Bought", numeric: true, of: (row) => whole(row.conversions) },
          { title: "Earned", numeric: true, of: (row) => monies(row.revenue) },
        ],
        top.bundles,
        "No bundle was offered yet.",
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

async function awaiting(place, signal) {
  const { suggestions, next } = await get(["v1", "suggestions"], { limit: SUGGESTIONS }, signal);
  if (signal.aborted) {
    return;
  }
  const rows = suggestions.filter((suggestion) => !decided.has(suggestion.bundleId));
  const again = () => {
    place.setAttribute("tabindex", "-1");
    place.focus();
    awaiting(place, signal).catch((error) => signal.aborted || say(error.message));
  };
  const bulk = h("div", { class: "bar" });
  const drawBulk = () => show(bulk, bulkButtons(choice.chosen, again));
  const choice = choices(drawBulk);
  const leave = (row) => {
    rows.splice(rows.indexOf(row), 1);
    choice.chosen.delete(row.bundleId);
    drawBulk();
    rows.length === 0 ? again() : list.draw();
  };
  const list = sortedTable(
    "Found in closed orders. Orders: how many held all items, and one of a choice; lift: how many times as often as by chance",
    [
      { title: "Items", of: (row) => [choice.box(row), members(row)], by: nameOf },
      { title: "Orders", numeric: true, of: (row) => whole(row.support), by: (row) => row.support },
      {
        title: "Lift",
        numeric: true,
        of: (row) => [decimal(row.lift), h("small", {}, `at least ${decimal(row.liftLower)}`)],
        by: (row) => row.lift,
      },
      {
        title: "Price",
        numeric: true,
        of: (row) => [
          money(row.price),
          row.listPrice?.amountMinor > row.price?.amountMinor
            ? h("small", {}, `instead of ${money(row.listPrice)}`)
            : null,
        ],
        by: (row) => row.price?.amountMinor,
      },
      { title: "Found", of: (row) => day(row.suggestedAt), by: (row) => row.suggestedAt },
      { title: "Decide", of: (row) => decisions(row, leave) },
    ],
    rows,
    "Orders",
    "None waits.",
  );
  drawBulk();
  show(
    place,
    h(
      "p",
      { class: "quiet" },
      "An approved bundle is offered from then on, at this price. With kombo.mining.auto.approve, as in kombo try, " +
        "only those wait that share their items with a bundle of the catalogue.",
    ),
    rows.length === 0 ? null : selection(rows, choice.choose),
    rows.length === 0 ? null : bulk,
    list.place,
    next === null ? null : h("p", { class: "quiet" }, `These are the ${whole(SUGGESTIONS)} strongest.`),
  );
}

function nameOf(row) {
  const names = row.members.map((member) => member.title ?? member.itemId);
  return [...names, ...(row.slot ? [`any of ${row.slot.items.length}`] : [])].join(" + ");
}

/** Which rows are chosen, by the id of the bundle: each by its box, or many at once, shown or not. */
function choices(changed) {
  const chosen = new Map();
  const boxes = new Map();
  const box = (row) => {
    const change = (event) => {
      event.target.checked ? chosen.set(row.bundleId, row) : chosen.delete(row.bundleId);
      changed();
    };
    const element = h("input", {
      type: "checkbox",
      class: "choice",
      "aria-label": `Choose ${nameOf(row)}`,
      checked: chosen.has(row.bundleId),
      on: { change },
    });
    boxes.set(row.bundleId, element);
    return element;
  };
  const choose = (wanted) => {
    chosen.clear();
    for (const row of wanted) {
      chosen.set(row.bundleId, row);
    }
    for (const [bundleId, element] of boxes) {
      element.checked = chosen.has(bundleId);
    }
    changed();
  };
  return { chosen, box, choose };
}

/** The items, and below them why they belong together. */
function members(row) {
  const place = h("div", {});
  const evidence = details(`evidence ${row.bundleId}`, "Evidence", place);
  evidence.addEventListener("toggle", () => {
    if (evidence.open && place.childElementCount === 0) {
      together(row).then(
        (lines) => show(place, lines),
        (error) => show(place, h("p", { class: "problem" }, error.message)),
      );
    }
  });
  return [
    row.members.flatMap((member, i) => [
      i > 0 ? " + " : "",
      link(member.title ?? member.itemId, "items", member.itemId),
    ]),
    row.slot ? h("small", {}, ` + any of ${row.slot.items.length}: `, links(row.slot.items)) : null,
    evidence,
  ];
}

function links(items) {
  return items.flatMap((item, i) => [i > 0 ? ", " : "", link(item.title ?? item.itemId, "items", item.itemId)]);
}

/** For each item, how many orders hold it, and how many of those hold the others; how many hold two of a slot's items. */
async function together(row) {
  const others = [...row.members, ...(row.slot?.items ?? [])];
  const answers = await Promise.all(
    row.members.map((member) => get(["v1", "items", member.itemId, "bought-together"], { limit: PARTNERS })),
  );
  return h(
    "ul",
    {},
    row.members.map((member, i) =>
      h("li", {}, `${whole(answers[i].purchases)} orders hold ${member.title ?? member.itemId}; of these, `, [
        others
          .filter((other) => other !== member)
          .map((other) => {
            const found = answers[i].boughtTogether.find((partner) => partner.itemId === other.itemId);
            return `${found ? share(found.confidence) : "few"} also ${other.title ?? other.itemId}`;
          })
          .join(", "),
        ".",
      ]),
    ),
    row.slot
      ? h(
          "li",
          {},
          `${whole(row.slot.togetherOrders)} orders hold two of the ${row.slot.items.length}: one stands for another.`,
        )
      : null,
  );
}

/** Chooses many at once, shown or not: all, or those that at least so many orders support. */
function selection(rows, choose) {
  const least = h("input", { id: "least-orders", type: "number", min: "1", value: "1", class: "count" });
  const button = (text, wanted) =>
    h("button", { type: "button", class: "plain", on: { click: () => choose(wanted()) } }, text);
  return h(
    "div",
    { class: "bar" },
    h("label", { for: "least-orders" }, "In at least so many orders"),
    least,
    button("Choose these", () => rows.filter((row) => row.support >= Number(least.value))),
    button("Choose none", () => []),
  );
}

/** Decides on all that are chosen, one after the other. */
function bulkButtons(chosen, again) {
  const decide = (verdict, done) => async (event) => {
    for (const button of event.target.parentElement.children) {
      button.disabled = true;
    }
    let count = 0;
    try {
      for (const row of [...chosen.values()]) {
        // Meanwhile somebody may take it out again, or decide on it alone.
        if (chosen.has(row.bundleId) && !decided.has(row.bundleId)) {
          await post(["v1", "suggestions", row.bundleId, verdict]);
          decided.add(row.bundleId);
          count++;
        }
      }
      say(`${count} bundles are ${done}.`);
    } catch (error) {
      say(`${count} bundles are ${done}, then: ${error.message}`);
    }
    again();
  };
  const button = (text, kind, listener) =>
    h("button", { type: "button", class: kind, disabled: chosen.size === 0, on: { click: listener } }, text);
  return [
    button(`Approve ${chosen.size} chosen`, null, decide("approve", "approved")),
    button(`Reject ${chosen.size} chosen`, "plain", decide("reject", "rejected")),
  ];
}

/** Buttons to approve or reject; the line goes when it is done, and the next one has the focus. */
function decisions(row, leave) {
  const name = nameOf(row);
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
      const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("td:last-child button");
      leave(row);
      next?.focus();
    } catch (error) {
      say(error.message);
      for (const button of cell.children) {
        button.disabled = false;
      }
    }
  };
  const button = (label, kind, verdict, done) =>
    h(
      "button",
      { type: "button", class: kind, "aria-label": `${label} ${name}`, on: { click: () => decide(verdict, done) } },
      label,
    );
  cell.append(button("Approve", null, "approve", "approved"), button("Reject", "plain", "reject", "rejected"));
  return cell;
}

async function one(place, id, signal) {
  const path = ["v1", "bundles", id];
  const known = h("div", {});
  let shown = null;
  // What is saved in the editor, or elsewhere, changes it.
  const draw = (latest) => {
    shown = latest;
    renew(known, about(latest));
  };
  await poll(() => get(path, {}, signal), draw, signal);
  const performance = await get([...path, "performance"], {}, signal);
  const editor = await slotEditor(shown, signal);
  show(
    place,
    h("p", {}, link("All bundles", "bundles")),
    known,
    editor,
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
          { title: "Earned", numeric: true, of: (row) => revenueOf(row.figures) },
        ],
        performance.arms,
        "It has not been offered yet.",
      ),
    ),
  );
}

/** What a bundle is, as it is now. */
function about(shown) {
  const { bundle } = shown;
  return section(
    bundle.title || bundle.bundleId,
    facts([
      ["Id", h("code", {}, bundle.bundleId)],
      ["State", stateAndSwitch(bundle, shown.state)],
      ["Price", money(shown.price)],
      ["List price", money(shown.listPrice)],
      ["Saving", money(shown.saving)],
      ["Lowest price of 30 days", shown.priorPrice ? money(shown.priorPrice) : null],
      [
        "Margin",
        bundle.marginMinor === null
          ? null
          : h("span", { class: bundle.marginMinor < 0 ? "bad" : null }, money(amountOf(bundle, "marginMinor"))),
      ],
      [
        "Largest discount",
        bundle.maxDiscountBasisPoints === null ? null : share(bundle.maxDiscountBasisPoints / BASIS_POINTS),
      ],
      ["Smallest margin", bundle.minMarginMinor === null ? null : money(amountOf(bundle, "minMarginMinor"))],
      ["Stock", bundle.stock === null ? null : whole(bundle.stock)],
      ["Made", bundle.origin === "MINED" ? "from what is bought together" : "by a person"],
      ["Bought together", evidenceOf(shown.evidence)],
      ["Since", time(bundle.createdAt)],
      ["Until", bundle.validUntil === null ? null : time(bundle.validUntil)],
      ["For", bundle.segments.length === 0 ? null : bundle.segments.join(", ")],
      ["Interactions", shown.model === null ? null : whole(shown.model.interactions)],
    ]),
    parts(shown.members),
  );
}

/** How often its items were bought together when it was found; null where somebody put it together. */
function evidenceOf(evidence) {
  return evidence === null
    ? null
    : `in ${whole(evidence.support)} of ${whole(evidence.orders)} orders, ${decimal(evidence.lift)} times as often as by chance (at least ${decimal(evidence.liftLower)})`;
}

/** What was sold of it; nothing where no currency is known. */
function revenueOf(figures) {
  return money(figures.currency === null ? null : { amountMinor: figures.revenueMinor, currency: figures.currency });
}

function parts(list) {
  return h(
    "ul",
    {},
    list.map((member) =>
      h("li", {}, `${member.quantity} × `, link(member.title ?? member.itemId, "items", member.itemId)),
    ),
  );
}
