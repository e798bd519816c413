/** Parts that several pages have. */

import { get } from "./api.js";
import { h, link, say, table } from "./dom.js";
import { days, short } from "./format.js";

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

/** A table of what rises or falls, as /v1/trending tells of it: items or bundles. */
export function trends(kind, answer) {
  return table(
    `Interactions: each counts half after ${days(answer.shortHalfLifeMillis)}. Expected: from interactions that each count half after ${days(answer.longHalfLifeMillis)}. Difference: in standard deviations`,
    [
      { title: kind === "items" ? "Item" : "Bundle", of: (row) => link(row.title ?? row.id, kind, row.id) },
      { title: "Interactions", numeric: true, of: (row) => short(row.popularity) },
      { title: "Expected", numeric: true, of: (row) => short(row.expected) },
      { title: "Difference", numeric: true, of: (row) => short(row.surge) },
    ],
    answer.trending,
  );
}
