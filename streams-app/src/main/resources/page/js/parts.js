/** Parts that several pages have. */

import { get } from "./api.js";
import { colour } from "./chart.js";
import { h, link, say, table } from "./dom.js";
import { amount, days, decimal } from "./format.js";

const SUGGESTED = 10;
const NOT_FOUND = 404;

/**
 * An input for an id that proposes what a part of the title or id may mean.
 *
 * @param {HTMLInputElement} input
 * @param {string} kind items or bundles
 */
export function suggesting(input, kind) {
  const list = h("datalist", { id: `${input.id}-found` });
  input.setAttribute("list", list.id);
  let asked = 0;
  input.addEventListener("input", async () => {
    const question = ++asked;
    const query = input.value.trim();
    try {
      const found = query === "" ? {} : await get(["v1", kind], { query, limit: SUGGESTED });
      if (question === asked) {
        const rows = (found[kind] ?? []).map((row) => row.bundle ?? row);
        list.replaceChildren(
          ...rows.map((row) => h("option", { value: row.itemId ?? row.bundleId }, row.title || row.itemId)),
        );
      }
    } catch {
      // Whoever types the whole id needs no proposals.
    }
  });
  return [input, list];
}

/** The id that was typed, or that of the only item or bundle whose title or id contains it; null if several do. */
export async function meant(kind, typed) {
  if (await exists(["v1", kind, typed])) {
    return typed;
  }
  const { [kind]: found } = await get(["v1", kind], { query: typed, limit: SUGGESTED });
  const rows = found.map((row) => row.bundle ?? row);
  const same = rows.filter((row) => row.title?.toLowerCase() === typed.toLowerCase());
  const [only, another] = same.length > 0 ? same : rows;
  return another === undefined ? (only?.itemId ?? only?.bundleId ?? typed) : null;
}

/** Whether there is something under a path. */
export async function exists(parts) {
  try {
    await get(parts);
    return true;
  } catch (error) {
    if (error.status !== NOT_FOUND) {
      throw error;
    }
    return false;
  }
}

/**
 * A form that asks for an id.
 *
 * @param {string} id of the input
 * @param {string} label
 * @param {string} value that is there already
 * @param {string|null} kind what is proposed while somebody types: items, bundles or nothing
 * @param {function(string): string[]} pathOf where to go for what was typed, as parts of the address
 * @param {...Node} more asked for beside it
 */
export function lookUp(id, label, value, kind, pathOf, ...more) {
  const input = h("input", {
    id,
    type: "search",
    required: true,
    value,
    spellcheck: "false",
    autocomplete: "off",
    // A customer's key, whole.
    size: "28",
    // The longest that kombo.event.id.length.max can allow.
    maxlength: "1024",
  });
  return h(
    "form",
    {
      class: "bar",
      role: "search",
      on: {
        submit: async (event) => {
          event.preventDefault();
          const typed = input.value.trim();
          try {
            const found = kind === null ? typed : await meant(kind, typed);
            const list = ["catalog", ...(kind === "items" ? ["items"] : ["bundles", "any"]), typed];
            const path = found === null ? list : pathOf(found);
            location.hash = `#/${path.map(encodeURIComponent).join("/")}`;
          } catch (error) {
            say(error.message);
          }
        },
      },
    },
    h("label", { for: id }, label),
    kind === null ? input : suggesting(input, kind),
    more,
    h("button", { type: "submit" }, "Look up"),
  );
}

/** Again and again after so many milliseconds: what is asked changes with events, and nobody reads faster. */
const EVERY = 10_000;

/**
 * Asks at once, and again while somebody looks at the page, until the signal says stop. A later failure is said, and
 * taken back by the next success.
 *
 * @param {function(): Promise} ask
 * @param {function(object): void} draw is called with each answer
 * @param {AbortSignal} signal
 */
export async function poll(ask, draw, signal) {
  let failed = false;
  const once = async () => {
    const answer = await ask();
    signal.throwIfAborted();
    draw(answer);
  };
  await once();
  const again = async () => {
    try {
      await once();
      if (failed) {
        say("");
      }
      failed = false;
    } catch (error) {
      failed = !signal.aborted;
      if (failed) {
        say(error.message);
      }
    }
  };
  const timer = setInterval(() => document.hidden || again(), EVERY);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** How the service says that it wants a confirmation. */
const CONFIRMATION = "confirmation-needed";

/**
 * What makes a price look like a mistake; null where nothing does.
 *
 * @param {number} priceMinor of a bundle
 * @param {number|null} apartMinor what its items cost one by one; null where that is not known
 */
export function doubtful(priceMinor, apartMinor, currency) {
  if (apartMinor === null) {
    return null;
  }
  const apart = amount(apartMinor, currency);
  if (priceMinor > apartMinor) {
    return `${amount(priceMinor, currency)} is more than its items cost one by one, ${apart}: then the bundle is not offered.`;
  }
  return priceMinor * 2 < apartMinor
    ? `${amount(priceMinor, currency)} is less than half of what its items cost one by one, ${apart}.`
    : null;
}

/**
 * Does what may need a confirmation, and asks for it once where it does.
 *
 * @param {string|null} doubt why it may be a mistake
 * @param {function(object): Promise} act does it, with parameters for the request
 * @returns {Promise<object|null>} the answer; null where somebody decided against it
 */
export async function confirmed(doubt, act) {
  const sure = (reason) => window.confirm(`${reason}\n\nSave it all the same?`);
  if (doubt !== null && !sure(doubt)) {
    return null;
  }
  try {
    return await act({});
  } catch (error) {
    if (!error.type?.endsWith(CONFIRMATION)) {
      throw error;
    }
    // What follows tells programs how to confirm.
    return doubt !== null || sure(`${error.message.split("; confirm=true")[0]}.`) ? act({ confirm: true }) : null;
  }
}

/** The name of an item or bundle as a way to its page, and small below it the id, where that is another text. */
export function named(kind, id, title) {
  const name = title || id;
  return [link(name, kind, id), name === id ? null : h("small", { class: "id" }, id)];
}

/** Says what the items of an offer are called; those without a title keep their id. */
export function itemNames({ display }) {
  return (id) => display.items[id]?.title || id;
}

/** A name in the colour that it has in charts. */
export function coloured(name, i) {
  return [h("span", { class: `swatch ${colour(i)}`, "aria-hidden": "true" }), name];
}

/** An arm in its colour, which is that of its place among all arms of the experiment. */
export function armName(name, arms) {
  return coloured(name, arms.indexOf(name));
}

/** What differs by less, in standard deviations, may do so by chance. */
const LEAST_SURGE = 1;

/** A table of what rises or falls, as /v1/trending tells of it: items or bundles. */
export function trends(kind, answer) {
  return table(
    `Interactions: each counts half after ${days(answer.shortHalfLifeMillis)}. Expected: from interactions that each count half after ${days(answer.longHalfLifeMillis)}. Difference: in standard deviations`,
    [
      { title: kind === "items" ? "Item" : "Bundle", of: (row) => link(row.title ?? row.id, kind, row.id) },
      { title: "Interactions", numeric: true, of: (row) => decimal(row.popularity) },
      { title: "Expected", numeric: true, of: (row) => decimal(row.expected) },
      { title: "Difference", numeric: true, of: (row) => decimal(row.surge) },
    ],
    answer.trending.filter(({ surge }) => Math.abs(surge) >= LEAST_SURGE),
    "Nothing differs from what is expected by a standard deviation or more.",
  );
}
