/** Parts that several pages have. */

import { h, link, table } from "./dom.js";
import { short } from "./format.js";

/**
 * A form that asks for an id.
 *
 * @param {string} id of the input
 * @param {string} label
 * @param {string} value that is there already
 * @param {function(string): string[]} pathOf where to go for what was typed, as parts of the address
 * @param {...Node} more asked for beside it
 */
export function lookUp(id, label, value, pathOf, ...more) {
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
        submit: (event) => {
          event.preventDefault();
          location.hash = `#/${pathOf(input.value.trim()).map(encodeURIComponent).join("/")}`;
        },
      },
    },
    h("label", { for: id }, label),
    input,
    more,
    h("button", { type: "submit" }, "Look up"),
  );
}

/** A table of what rises or sinks, as /v1/trending tells of it: items or bundles. */
export function trends(kind, caption, rows) {
  return table(
    caption,
    [
      { title: kind === "items" ? "Item" : "Bundle", of: (row) => link(row.title ?? row.id, kind, row.id) },
      { title: "Touches lately", numeric: true, of: (row) => short(row.popularity) },
      { title: "Expected by its past", numeric: true, of: (row) => short(row.expected) },
      { title: "Standard deviations above", numeric: true, of: (row) => short(row.surge) },
    ],
    rows,
  );
}
