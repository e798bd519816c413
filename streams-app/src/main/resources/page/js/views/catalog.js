/** The catalogue in hand: what it holds is found and changed, bundles are put together and stopped. */

import { get, send } from "../api.js";
import { h, link, say, section, show, sortedTable } from "../dom.js";
import { decimal, minor, money, monies, plain, whole, words } from "../format.js";
import { confirmed, doubtful, exists, named } from "../parts.js";

export const title = "Catalogue";

/** As many as the service lists at once. */
const LOADED = 1000;
/** What is offered without a price costs 0 of it. */
const NO_CURRENCY = "XXX";
/** Of bundles, as the service names them. */
export const STATES = [
  "offered",
  "stopped",
  "ended",
  "scheduled",
  "unfillable",
  "unpriced",
  "mixed_currencies",
  "dearer_than_members",
  "below_price_limits",
  "sold_out",
];

/** What a new bundle is to hold, by item id; kept while somebody looks for more of it. */
const chosen = new Map();
/** What was typed about it, by field. */
const typed = new Map();

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
      { class: "bar tabs" },
      tab("Bundles", "bundles", !items),
      tab("Items", "items", items),
      items ? null : link("New bundle", "catalog", "items"),
    ),
    items ? search("items", query) : search("bundles", query, state),
    making,
    section(items ? "Items" : "Bundles", list),
  );
  if (items) {
    const choose = (item) => {
      chosen.set(item.itemId, { item, quantity: 1 });
      draw(making);
      say(`${item.title || item.itemId} is in the new bundle, above the list.`);
    };
    draw(making);
    await listItems(list, query, choose, signal);
  } else {
    await listBundles(list, { query, state: state === "any" ? "" : state }, signal);
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

/**
 * A list, as many entries at once as the service gives, and a button for the next ones; all that are here can be sorted.
 *
 * @param {function(Array): object} tableOf the sorted table of the entries
 */
async function listed(place, kind, parameters, tableOf, signal) {
  const rows = [];
  const rest = h("div", {});
  let table = null;
  const load = async (after) => {
    const answer = await get(["v1", kind], { ...parameters, limit: LOADED, after }, signal);
    if (signal.aborted) {
      return;
    }
    rows.push(...answer[kind]);
    const more = () => during(button, () => load(answer.next));
    const button = h("button", { type: "button", on: { click: more } }, `Load ${LOADED} more`);
    if (table === null) {
      table = tableOf(rows);
      show(place, table.place, rest);
    } else {
      table.draw();
    }
    show(
      rest,
      answer.next === null
        ? null
        : h("p", { class: "bar" }, `The first ${whole(rows.length)} by id are here and sorted; search, or`, button),
    );
  };
  await load(null);
}

function listItems(place, query, choose, signal) {
  const tableOf = (rows) =>
    sortedTable(
      "Prices and stock can be changed here; without a number, stock is unlimited",
      [
        { title: "Item", of: (row) => named("items", row.itemId, row.title), by: (row) => row.title || row.itemId },
        { title: "Category", of: (row) => row.category ?? "–", by: (row) => row.category },
        { title: "Price and stock", of: priceAndStock, by: (row) => row.priceMinor },
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
      rows,
      "Item",
      query === "" ? "The catalogue has no items yet." : "No item matches.",
    );
  return listed(place, "items", { query }, tableOf, signal);
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

/** A form in a cell, with a button that saves it once something was changed. */
function form(label, fields, save) {
  const button = h("button", { type: "submit", class: "plain", "aria-label": label, hidden: true }, "Save");
  const submit = (event) => {
    event.preventDefault();
    during(button, save);
  };
  const input = () => {
    button.hidden = false;
  };
  return h("form", { class: "bar", on: { submit, input } }, fields, button);
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

/** The bundle that is being put together; what was typed stays while items are added and left out. */
function draw(place) {
  if (chosen.size === 0) {
    typed.clear();
    show(place, section("New bundle", h("p", { class: "quiet" }, "Add items from the list below.")));
    return;
  }
  const members = [...chosen.values()];
  const [{ item: first }] = members;
  const priced = members.every(({ item }) => item.priceMinor !== null && item.currency === first.currency);
  const apart = () => members.reduce((sum, { item, quantity }) => sum + item.priceMinor * quantity, 0);
  const field = (name, label, value, properties) =>
    h(
      "span",
      { class: "bar" },
      h("label", { for: `new-${name}` }, label),
      h("input", {
        id: `new-${name}`,
        value: typed.get(name) ?? value,
        on: { input: (event) => typed.set(name, event.target.value) },
        ...properties,
      }),
    );
  const button = h("button", { type: "submit" }, "Offer it");
  const sum = h("p", { class: "quiet" });
  const form = h(
    "form",
    { class: "bar" },
    field("title", "Title", members.map(({ item }) => item.title || item.itemId).join(" + "), { required: true }),
    field("id", "Id", [...chosen.keys()].join("-"), { required: true, spellcheck: "false", maxlength: "1024" }),
    field("price", `Price${first.currency === null ? "" : `, ${first.currency}`}`, "", {
      required: true,
      inputmode: "decimal",
      size: "8",
    }),
    field("units", "The shopper chooses so many of these (empty: gets all)", "", {
      type: "number",
      min: "1",
      max: String(members.length),
      size: "4",
    }),
    button,
  );
  const { title, id, price, units } = Object.fromEntries(
    [...form.querySelectorAll("input")].map((input) => [input.id.slice("new-".length), input]),
  );
  const priceApart = () => {
    sum.textContent = priced
      ? `Bought separately they cost ${money({ amountMinor: apart(), currency: first.currency })}. Shoppers are told how much less the bundle costs.`
      : "It is offered once all items have a price, in one currency.";
    if (priced && !typed.has("price")) {
      price.value = plain(apart(), first.currency);
    }
  };
  const create = async () => {
    const bundle = {
      title: title.value.trim(),
      ...content(members, units.value.trim()),
      priceMinor: wanted(price.value, first.currency),
    };
    const path = ["v1", "bundles", id.value.trim()];
    if (await exists(path)) {
      throw new Error(`There is already a bundle ${id.value.trim()}: give this one another id.`);
    }
    const doubt = priced && bundle.slots === undefined ? doubtful(bundle.priceMinor, apart(), first.currency) : null;
    if ((await confirmed(doubt, (sure) => send("PUT", path, bundle, sure))) === null) {
      return;
    }
    const left = members.every(({ item, quantity }) => item.stock === null || item.stock >= quantity);
    const cheap = bundle.priceMinor <= apart();
    chosen.clear();
    draw(place);
    const condition = !priced
      ? "all items have a price, in one currency"
      : !left
        ? "all items have stock"
        : "it costs less than its items";
    say(
      priced && left && cheap
        ? `${bundle.title} is offered from now on.`
        : `${bundle.title} is saved. It is offered once ${condition}.`,
    );
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    during(button, create);
  });
  priceApart();
  show(
    place,
    section(
      "New bundle",
      h(
        "ul",
        { class: "plain" },
        members.map((member) => h("li", { class: "bar" }, line(member, priceApart, place))),
      ),
      sum,
      form,
    ),
  );
}

/** What is in the new bundle: all that was chosen, or a slot for so many of it. */
export function content(members, units) {
  const items = members.map(({ item }) => item.itemId);
  return units === ""
    ? { members: members.map(({ item, quantity }) => ({ itemId: item.itemId, quantity })) }
    : { slots: [{ name: "choice", items, units: Number(units), maxUnits: Number(units) }] };
}

/** A member of the new bundle. */
function line(member, changed, place) {
  const name = member.item.title || member.item.itemId;
  const count = h("input", {
    type: "number",
    min: "1",
    max: "10000",
    class: "count",
    "aria-label": `Units of ${name}`,
    value: String(member.quantity),
    on: {
      change: () => {
        member.quantity = Math.max(1, Math.min(10000, Math.round(Number(count.value)) || 1));
        count.value = member.quantity;
        changed();
      },
    },
  });
  const remove = () => {
    chosen.delete(member.item.itemId);
    draw(place);
    (place.querySelector("button") ?? document.getElementById("catalog-query")).focus();
  };
  return [
    count,
    `× ${name}`,
    h(
      "button",
      { type: "button", class: "plain", "aria-label": `Leave out ${name}`, on: { click: remove } },
      "Leave out",
    ),
  ];
}

async function listBundles(place, parameters, signal) {
  const { bundles: reports } = await get(["v1", "reports", "bundles"], { sort: "offers", limit: LOADED }, signal);
  const figures = new Map(reports.map((report) => [report.bundleId, report]));
  // What is not among the first thousand has been offered too, less often.
  const none = reports.length < LOADED ? { offers: 0, conversions: 0, revenue: [] } : null;
  const of = ({ bundle }) => figures.get(bundle.bundleId) ?? none;
  const results = [
    { title: "Offered", numeric: true, of: (row) => whole(of(row)?.offers), by: (row) => of(row)?.offers },
    { title: "Bought", numeric: true, of: (row) => whole(of(row)?.conversions), by: (row) => of(row)?.conversions },
    {
      title: "Earned",
      numeric: true,
      of: (row) => monies(of(row)?.revenue ?? []),
      by: (row) => of(row)?.revenue[0]?.amountMinor,
    },
  ];
  const found = [
    {
      title: "Orders",
      numeric: true,
      of: ({ evidence }) => whole(evidence?.support),
      by: ({ evidence }) => evidence?.support,
    },
    {
      title: "Lift",
      numeric: true,
      of: ({ evidence }) => decimal(evidence?.lift),
      by: ({ evidence }) => evidence?.lift,
    },
  ];
  const tableOf = (rows) => {
    const evident = rows.some(({ evidence }) => evidence !== null);
    const told = reports.length === 0 ? "No bundle was offered yet" : "Offered, bought and earned: since the start";
    return sortedTable(
      evident
        ? `Orders: how many held all items; lift: how many times as often as by chance they are bought together. ${told}`
        : told,
      [
        {
          title: "Bundle",
          of: ({ bundle }) => named("bundles", bundle.bundleId, bundle.title),
          by: ({ bundle }) => bundle.title || bundle.bundleId,
        },
        { title: "State", of: (row) => stateAndSwitch(row.bundle, row.state), by: (row) => row.state },
        { title: "Price", of: priceOf, by: ({ bundle }) => bundle.priceMinor },
        { title: "Saving", numeric: true, of: savingOf, by: ({ saving }) => saving?.amountMinor },
        ...(evident ? found : []),
        ...(reports.length === 0 ? [] : results),
      ],
      rows,
      evident ? "Orders" : "Bundle",
      "No bundle matches.",
    );
  };
  await listed(place, "bundles", parameters, tableOf, signal);
}

function savingOf({ listPrice, saving, priorPrice }) {
  const lowest = priorPrice ? `, in 30 days ${money(priorPrice)}` : "";
  return saving === null ? "–" : [money(saving), h("small", {}, `of ${money(listPrice)}${lowest}`)];
}

/** A form in the row of a bundle; what is saved then follows from it. */
function priceOf(row) {
  const { bundle, listPrice } = row;
  if (bundle.currency === NO_CURRENCY) {
    return "none";
  }
  if (row.priceTiers.length > 0) {
    const price = { amountMinor: bundle.priceMinor, currency: bundle.currency };
    return [money(price), h("small", {}, row.priceTiers.join(", "))];
  }
  const name = bundle.title || bundle.bundleId;
  const price = h("input", {
    "aria-label": `Price of ${name}, ${bundle.currency}`,
    size: "8",
    inputmode: "decimal",
    value: plain(bundle.priceMinor, bundle.currency),
  });
  const element = form(`Save ${name}`, [price, bundle.currency], async () => {
    const changed = { priceMinor: wanted(price.value, bundle.currency) };
    const doubt = doubtful(changed.priceMinor, listPrice?.amountMinor ?? null, bundle.currency);
    const saved = await confirmed(doubt, (sure) => send("PATCH", ["v1", "bundles", bundle.bundleId], changed, sure));
    if (saved === null) {
      return;
    }
    Object.assign(bundle, saved);
    const saving = listPrice === null ? null : Math.max(0, listPrice.amountMinor - saved.priceMinor);
    row.saving = saving === null ? null : { amountMinor: saving, currency: saved.currency };
    element
      .closest("tr")
      .querySelector("td.numeric")
      .replaceChildren(...[savingOf(row)].flat());
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
    const properties = { type: "button", class: "plain", "aria-label": label, "data-key": `switch ${bundle.bundleId}` };
    const button = h("button", { ...properties, on: { click: turn } }, text);
    show(place, h("span", { class: shown === "OFFERED" ? "tag good" : "tag" }, words(shown)), button);
  };
  redraw(state === "STOPPED", state);
  return place;
}
