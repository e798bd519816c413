/** The catalogue in hand: what it holds is found and changed, bundles are put together and stopped. */

import { get, send } from "../api.js";
import { h, link, say, section, show, table } from "../dom.js";
import { minor, money, monies, plain, whole, words } from "../format.js";
import { exists } from "../parts.js";

export const title = "Catalogue";

const SHOWN = 50;
const REPORTED = 1000;
/** What is offered without a price costs 0 of it. */
const NO_CURRENCY = "XXX";
const STATES = ["offered", "stopped", "ended", "scheduled", "unpriced", "below_price_limits", "sold_out"];

/** What a new bundle is to hold, by item id; kept while somebody looks for more of it. */
const chosen = new Map();

/** Shows items or bundles; the path says which, and what to look for. */
export async function render(place, parts, signal) {
  const items = parts[0] === "items";
  const [query = "", state = ""] = items ? [parts.slice(1).join("/")] : [parts[2] ?? "", parts[1] ?? ""];
  const list = h("div", {});
  const making = h("div", {});
  show(
    place,
    h(
      "p",
      { class: "bar" },
      tab("Bundles", "bundles", !items),
      tab("Items", "items", items),
      items ? null : link("New bundle", "catalog", "items"),
    ),
    items ? search("items", query) : search("bundles", query, state),
    section(items ? "Items" : "Bundles", list),
    making,
  );
  if (items) {
    const choose = (item) => {
      chosen.set(item.itemId, { item, quantity: 1 });
      draw(making);
      say(`${item.title || item.itemId} is in the new bundle, below.`);
    };
    draw(making);
    await listItems(list, { query, limit: SHOWN }, choose, signal);
  } else {
    await listBundles(list, { query, state: state === "any" ? "" : state, limit: SHOWN }, signal);
  }
}

function tab(text, kind, current) {
  const anchor = link(text, "catalog", kind);
  if (current) {
    anchor.setAttribute("aria-current", "true");
  }
  return anchor;
}

/** A form for a part of an id or title, and for a state where there are any. */
function search(kind, query, state) {
  const input = h("input", {
    id: "catalog-query",
    type: "search",
    value: query,
    spellcheck: "false",
    maxlength: "1024",
  });
  const select =
    kind === "items"
      ? null
      : h(
          "select",
          { id: "catalog-state" },
          ["any", ...STATES].map((one) => h("option", { value: one, selected: one === state }, words(one))),
        );
  const go = (event) => {
    event.preventDefault();
    const path = select === null ? [kind, input.value.trim()] : [kind, select.value, input.value.trim()];
    location.hash = `#/catalog/${path.map(encodeURIComponent).join("/")}`;
  };
  return h(
    "form",
    { class: "bar", role: "search", on: { submit: go } },
    h("label", { for: "catalog-query" }, "Title or id"),
    input,
    select === null ? null : [h("label", { for: "catalog-state" }, "State"), select],
    h("button", { type: "submit" }, "Search"),
  );
}

/** One page of a list, and a button for the next. */
async function pages(place, path, parameters, shown, signal) {
  const answer = await get(path, parameters, signal);
  if (signal.aborted) {
    return;
  }
  const more = () => {
    place.setAttribute("tabindex", "-1");
    place.focus();
    pages(place, path, { ...parameters, after: answer.next }, shown, signal).catch(
      (error) => signal.aborted || say(error.message),
    );
  };
  show(
    place,
    shown(answer),
    answer.next === null ? null : h("button", { type: "button", on: { click: more } }, "More"),
  );
}

function listItems(place, parameters, choose, signal) {
  const shown = (answer) =>
    table(
      "Items in the order of their ids",
      [
        { title: "Item", of: (row) => link(row.title || row.itemId, "items", row.itemId) },
        { title: "Id", of: (row) => h("code", {}, row.itemId) },
        { title: "Category", of: (row) => row.category ?? "–" },
        { title: "Price and stock", of: priceAndStock },
        {
          title: "New bundle",
          of: (row) =>
            h(
              "button",
              {
                type: "button",
                class: "plain",
                "aria-label": `Add ${row.title || row.itemId} to the new bundle`,
                on: { click: () => choose(row) },
              },
              "Add",
            ),
        },
      ],
      answer.items,
      "No item matches.",
    );
  return pages(place, ["v1", "items"], parameters, shown, signal);
}

/** A form in the row of an item. */
function priceAndStock(item) {
  const name = item.title || item.itemId;
  const price = h("input", {
    "aria-label": `Price of ${name}${item.currency === null ? "" : `, ${item.currency}`}`,
    size: "8",
    inputmode: "decimal",
    value: plain(item.priceMinor, item.currency),
  });
  const stock = h("input", {
    "aria-label": `Stock of ${name}; empty: unlimited`,
    size: "6",
    inputmode: "numeric",
    value: item.stock ?? "",
  });
  const change = () => {
    const left = stock.value.trim();
    const priceMinor = price.value.trim() === "" ? null : wanted(price.value, item.currency);
    if (left !== "" && !/^\d{1,15}$/.test(left)) {
      throw new Error(`${left} is not a number of units.`);
    }
    return differences(item, { priceMinor, stock: left === "" ? null : Number(left) });
  };
  return form(`Save ${name}`, [price, item.currency, stock], async () => {
    Object.assign(item, await send("PATCH", ["v1", "items", item.itemId], change()));
    say(`${name} is saved.`);
  });
}

/** What somebody changed; what is left as it was may have been changed elsewhere meanwhile. */
export function differences(before, after) {
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => value !== before[field]));
}

/** Minor units of what was typed. */
function wanted(text, currency) {
  const amount = minor(text, currency);
  if (amount === null || amount < 0) {
    throw new Error(`${text} is not an amount${currency === null ? "" : ` of ${currency}`}.`);
  }
  return amount;
}

/** A form in a cell, with a button that saves it. */
function form(label, fields, save) {
  const button = h("button", { type: "submit", class: "plain", "aria-label": label }, "Save");
  const submit = (event) => {
    event.preventDefault();
    during(button, save);
  };
  return h("form", { class: "bar", on: { submit } }, fields, button);
}

/** Does what a button asks for, and says what goes wrong. */
async function during(button, work) {
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    say(error.message);
  }
  button.disabled = false;
}

/** The bundle that is being put together. */
function draw(place) {
  if (chosen.size === 0) {
    show(place, section("New bundle", h("p", { class: "quiet" }, "Add items from the list.")));
    return;
  }
  const members = [...chosen.values()];
  const [{ item: first }] = members;
  const apart = members.reduce((sum, { item, quantity }) => sum + item.priceMinor * quantity, 0);
  const priced = members.every(({ item }) => item.priceMinor !== null && item.currency === first.currency);
  const name = h("input", {
    id: "new-title",
    required: true,
    value: members.map(({ item }) => item.title || item.itemId).join(" + "),
  });
  const id = h("input", {
    id: "new-id",
    required: true,
    spellcheck: "false",
    maxlength: "1024",
    value: [...chosen.keys()].join("-"),
  });
  const price = h("input", {
    id: "new-price",
    required: true,
    inputmode: "decimal",
    size: "8",
    value: priced ? plain(apart, first.currency) : "",
  });
  const button = h("button", { type: "submit" }, "Offer it");
  const submit = (event) => {
    event.preventDefault();
    during(button, async () => {
      const bundle = {
        title: name.value.trim(),
        members: members.map(({ item, quantity }) => ({ itemId: item.itemId, quantity })),
        priceMinor: wanted(price.value, first.currency),
      };
      const path = ["v1", "bundles", id.value.trim()];
      if (await exists(path)) {
        throw new Error(`There is already a bundle ${id.value.trim()}: give this one another id.`);
      }
      await send("PUT", path, bundle);
      const left = members.every(({ item, quantity }) => item.stock === null || item.stock >= quantity);
      chosen.clear();
      draw(place);
      if (priced && left) {
        const dear = bundle.priceMinor > apart ? " It costs more than its items bought separately." : "";
        say(`${bundle.title} is offered from now on.${dear}`);
      } else {
        say(
          `${bundle.title} is saved. It is offered once all items have ${priced ? "stock" : "a price, in one currency"}.`,
        );
      }
    });
  };
  show(
    place,
    section(
      "New bundle",
      h(
        "ul",
        {},
        members.map((member) => h("li", { class: "bar" }, line(member, place))),
      ),
      h(
        "p",
        { class: "quiet" },
        priced
          ? `Bought separately they cost ${money({ amountMinor: apart, currency: first.currency })}. Shoppers are told how much less the bundle costs.`
          : "It is offered once all items have a price, in one currency.",
      ),
      h(
        "form",
        { class: "bar", on: { submit } },
        h("label", { for: "new-title" }, "Title"),
        name,
        h("label", { for: "new-id" }, "Id"),
        id,
        h("label", { for: "new-price" }, `Price${first.currency === null ? "" : `, ${first.currency}`}`),
        price,
        button,
      ),
    ),
  );
}

/** A member of the new bundle. */
function line(member, place) {
  const name = member.item.title || member.item.itemId;
  const count = h("input", {
    type: "number",
    min: "1",
    max: "10000",
    "aria-label": `Units of ${name}`,
    value: String(member.quantity),
    on: {
      change: () => {
        member.quantity = Math.max(1, Math.min(10000, Math.round(Number(count.value)) || 1));
        draw(place);
      },
    },
  });
  const remove = () => {
    chosen.delete(member.item.itemId);
    draw(place);
  };
  return [
    count,
    ` × ${name}`,
    h(
      "button",
      { type: "button", class: "plain", "aria-label": `Leave out ${name}`, on: { click: remove } },
      "Leave out",
    ),
  ];
}

async function listBundles(place, parameters, signal) {
  const { bundles: reports } = await get(["v1", "reports", "bundles"], { sort: "offers", limit: REPORTED }, signal);
  const figures = new Map(reports.map((report) => [report.bundleId, report]));
  // What is not among the first thousand has been offered too, less often.
  const none = reports.length < REPORTED ? { offers: 0, conversions: 0, revenue: [] } : null;
  const of = (row, shown) => {
    const report = figures.get(row.bundle.bundleId) ?? none;
    return report === null ? "–" : shown(report);
  };
  const shown = (answer) =>
    table(
      "Bundles in the order of their ids; offers, purchases and revenue since the start",
      [
        { title: "Bundle", of: ({ bundle }) => link(bundle.title || bundle.bundleId, "bundles", bundle.bundleId) },
        { title: "Id", of: ({ bundle }) => h("code", {}, bundle.bundleId) },
        { title: "State", of: (row) => stateAndSwitch(row.bundle, row.state) },
        { title: "Price", of: priceOf },
        { title: "List price", numeric: true, of: (row) => money(row.listPrice) },
        { title: "Saving", numeric: true, of: (row) => money(row.saving) },
        { title: "Offered", numeric: true, of: (row) => of(row, ({ offers }) => whole(offers)) },
        { title: "Bought", numeric: true, of: (row) => of(row, ({ conversions }) => whole(conversions)) },
        { title: "Revenue", numeric: true, of: (row) => of(row, ({ revenue }) => monies(revenue)) },
      ],
      answer.bundles,
      "No bundle matches.",
    );
  await pages(place, ["v1", "bundles"], parameters, shown, signal);
}

/** A form in the row of a bundle; what is saved then follows from it. */
function priceOf({ bundle, listPrice }) {
  if (bundle.currency === NO_CURRENCY) {
    return "none";
  }
  const name = bundle.title || bundle.bundleId;
  const price = h("input", {
    "aria-label": `Price of ${name}, ${bundle.currency}`,
    size: "8",
    inputmode: "decimal",
    value: plain(bundle.priceMinor, bundle.currency),
  });
  const element = form(`Save ${name}`, [price, bundle.currency], async () => {
    const saved = await send("PATCH", ["v1", "bundles", bundle.bundleId], {
      priceMinor: wanted(price.value, bundle.currency),
    });
    const cells = element.closest("tr").querySelectorAll("td.numeric");
    const saving = listPrice === null ? null : Math.max(0, listPrice.amountMinor - saved.priceMinor);
    cells[1].textContent = money(saving === null ? null : { amountMinor: saving, currency: saved.currency });
    say(`${name} is saved.`);
  });
  return element;
}

/** Whether a bundle is offered, with a button to stop or resume it. */
export function stateAndSwitch(bundle, state) {
  const name = bundle.title || bundle.bundleId;
  const place = h("div", { class: "bar" });
  const redraw = (stopped, shown) => {
    const turn = () =>
      during(button, async () => {
        const path = ["v1", "bundles", bundle.bundleId];
        await (stopped ? send("PATCH", path, { stoppedAt: null }) : send("POST", [...path, "stop"]));
        say(stopped ? `${name} is resumed.` : `${name} is stopped: it is not offered from now on.`);
        redraw(!stopped, stopped ? "RESUMED" : "STOPPED");
        place.querySelector("button").focus();
      });
    const [label, text] = stopped ? [`Resume ${name}`, "Resume"] : [`Stop ${name} now`, "Stop now"];
    const button = h("button", { type: "button", class: "plain", "aria-label": label, on: { click: turn } }, text);
    show(place, h("span", { class: shown === "OFFERED" ? "tag good" : "tag" }, words(shown)), button);
  };
  redraw(state === "STOPPED", state);
  return place;
}
