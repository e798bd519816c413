/** Edits the slots of a bundle, the rule of its price and how it is sold, and shows what fills them for a shopper, at which price. */

import { get, send } from "./api.js";
import { h, link, say, section, show } from "./dom.js";
import { COMBINATIONS, combined, money } from "./format.js";
import { confirmed, poll } from "./parts.js";
import { obstacle, ruleMeaning } from "./signals.js";

const COMPLETABLE = [
  [false, "the whole bundle"],
  [true, "the missing items alone"],
];

/** What somebody is offered who has some of the items of a bundle, in words. */
export function completion({ completable }) {
  return COMPLETABLE.find(([value]) => value === completable)[1];
}

/** The lines of a text, without those that are empty. */
export function lines(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** A text of one entry a line. */
function text(name, label, entries) {
  const input = h("textarea", { id: `edit-${name}`, rows: "3", spellcheck: "false" }, entries.join("\n"));
  return field(name, label, input, () => lines(input.value));
}

/** One of several values, each with its words. */
function choice(name, label, options, chosen) {
  const input = h(
    "select",
    { id: `edit-${name}` },
    options.map(([value, told]) => h("option", { value: JSON.stringify(value), selected: told === chosen }, told)),
  );
  return field(name, label, input, () => JSON.parse(input.value));
}

/** A field of a bundle; what is wrong with it is told below. */
function field(name, label, input, read) {
  const problem = h("p", { id: `${name}-problem`, class: "problem", role: "alert" });
  input.setAttribute("aria-describedby", problem.id);
  let before = JSON.stringify(read());
  return {
    place: [h("label", { for: input.id }, label), input, problem],
    changed: () => (JSON.stringify(read()) === before ? {} : { [name]: read() }),
    saved: () => {
      before = JSON.stringify(read());
    },
    tell: (wrong) => {
      problem.textContent = wrong;
      input.setAttribute("aria-invalid", wrong !== "");
    },
    has: (error) => error.field?.startsWith(name) === true,
  };
}

/**
 * A form for both, and below it the preview, which follows the bundle as it is in the service.
 *
 * @param {object} bundle as /v1/bundles/{id} tells of it
 */
export async function slotEditor({ bundle, slots, priceTiers }, signal) {
  const fields = [
    text("slots", "Slots, one a line, such as mugs: 3 of red, green, blue or drink: 1 of category Drinks", slots),
    text("priceTiers", "Price by a rule, a tier a line, such as 3 for 20.00 or 10% off", priceTiers),
    choice("completable", "Shoppers who have some of its items are offered", COMPLETABLE, completion(bundle)),
    choice("combinesWith", "Other discounts beside its price", COMBINATIONS, combined(bundle.combinesWith)),
  ];
  const shopper = h("input", { id: "slots-shopper", type: "search", spellcheck: "false", maxlength: "1024" });
  const preview = h("div", { "aria-live": "polite" });
  let shown = null;
  const ask = async () => {
    const user = shopper.value.trim();
    const answer = await (user === ""
      ? get(["v1", "bundles", bundle.bundleId], {}, signal)
      : get(["v1", "explain"], { user, bundle: bundle.bundleId }, signal)
    ).catch((error) => ({ problem: error.message }));
    return { user, answer };
  };
  const draw = ({ user, answer }) => {
    // What did not change is not read out again.
    const { problem, unfilled, price, filled, offered, rule, reason } = answer;
    const found = JSON.stringify({ problem, unfilled, price, filled, offered, rule, reason });
    if (user === shopper.value.trim() && found !== shown) {
      shown = found;
      show(preview, filling(answer));
    }
  };
  const renewed = async () => draw(await ask());
  const save = async (event) => {
    event.preventDefault();
    say("");
    for (const each of fields) {
      each.tell("");
    }
    const changed = Object.assign({}, ...fields.map((each) => each.changed()));
    try {
      if (
        (await confirmed(null, (sure) => send("PATCH", ["v1", "bundles", bundle.bundleId], changed, sure))) !== null
      ) {
        for (const each of fields) {
          each.saved();
        }
        say(`${bundle.title || bundle.bundleId} is saved.`);
      }
    } catch (error) {
      const wrong = fields.find((each) => each.has(error));
      wrong === undefined ? say(error.message) : wrong.tell(error.message);
    }
    await renewed();
  };
  shopper.addEventListener("change", renewed);
  await poll(ask, draw, signal);
  return section(
    "Slots and price",
    h(
      "form",
      { class: "lines", on: { submit: save } },
      fields.map((each) => each.place),
      h("button", { type: "submit" }, "Save slots and price"),
    ),
    h("p", { class: "bar" }, h("label", { for: shopper.id }, "As offered to the shopper (empty: to anybody)"), shopper),
    preview,
  );
}

/** The first alternative with each item. */
function items(alternatives) {
  return alternatives.filter(({ itemId }, i) => alternatives.findIndex((one) => one.itemId === itemId) === i);
}

/** The price of the bundle with an item, or the lowest and the highest, where it depends on what the item replaces. */
function prices({ itemId }, alternatives) {
  const all = alternatives.filter((one) => one.itemId === itemId).map(({ price }) => price);
  all.sort((one, other) => (one?.amountMinor ?? 0) - (other?.amountMinor ?? 0));
  return [...new Set([money(all[0]), money(all.at(-1))])].join(" to ");
}

function why(rule, reason) {
  if (reason !== null) {
    return obstacle(reason);
  }
  return rule === null ? "others are ranked above it" : ruleMeaning(rule);
}

/** What fills each slot, and what may take its place. */
function filling({ problem, unfilled, price, filled, offered, rule, reason }) {
  if (problem !== undefined) {
    return h("p", { class: "problem" }, problem);
  }
  if (unfilled !== null) {
    return h("p", { class: "problem" }, `Not filled: ${unfilled}. Too few of its items can be sold.`);
  }
  const name = ({ itemId, title }) => link(title || itemId, "items", itemId);
  const listed = (all, of) => all.flatMap((one, i) => [i > 0 ? ", " : "", of(one)]);
  return [
    h("p", {}, `Price: ${money(price)}`),
    offered === false
      ? h(
          "p",
          {},
          `It would not be offered to this shopper now: ${why(rule, reason)}.` +
            " What may be swapped is shown where it would be.",
        )
      : null,
    filled.length === 0
      ? null
      : h(
          "ul",
          {},
          filled.map(({ slot, members, alternatives }) =>
            h(
              "li",
              {},
              `${slot}: `,
              listed(members, (member) => [`${member.quantity} × `, name(member)]),
              alternatives.length === 0
                ? null
                : ["; or ", listed(items(alternatives), (one) => [name(one), ` for ${prices(one, alternatives)}`])],
            ),
          ),
        ),
  ];
}
