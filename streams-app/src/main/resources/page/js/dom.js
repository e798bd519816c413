/**
 * Elements of the page. Text becomes text nodes, never markup: whatever an id or a title holds, it is only shown, and in
 * the order that it has.
 */

import { readable } from "./format.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element.
 *
 * @param {string} name of the tag
 * @param {object} properties attributes; `on` holds listeners by event; what is null, undefined or false is left out
 * @param {...(Node|string|number|null|Array)} children
 */
export function h(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/** The same of SVG. */
export function svg(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(
    ...children
      .flat(Number.POSITIVE_INFINITY)
      .filter((child) => child !== null && child !== undefined)
      .map((child) => (typeof child === "string" ? readable(child) : child)),
  );
  return element;
}

let sections = 0;

/** A section with a heading, which names it for screen readers. */
export function section(title, ...children) {
  sections++;
  const id = `section-${sections}`;
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...children);
}

/**
 * A table. Where the window is narrow, one of more than two columns becomes a list of cards, a row each, and others
 * scroll sideways.
 *
 * @param {string} caption
 * @param {Array<{title: string, head: Node, of: function, numeric: boolean}>} columns the first of which heads its row; the
 *     head is shown instead of the title
 * @param {Array} rows
 * @param {string} none what to say where there are no rows
 */
export function table(caption, columns, rows, none = "Nothing yet.") {
  return rows.length === 0
    ? h("p", { class: "quiet" }, none)
    : tableOf(
        caption,
        columns,
        columns.map((column) => heading(column)),
        rows.map((row) => line(columns, row)),
      );
}

function tableOf(caption, columns, heads, lines) {
  return scrolling(
    caption,
    h(
      "table",
      { class: columns.length > 2 ? "cards" : null, role: "table" },
      h("caption", {}, caption),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)),
      h("tbody", { role: "rowgroup" }, lines),
    ),
  );
}

function heading(column, ordered = null, content = column.head ?? column.title) {
  return h(
    "th",
    { scope: "col", role: "columnheader", class: column.numeric ? "numeric" : null, "aria-sort": ordered },
    content,
  );
}

/** A row. A browser takes the roles from elements that are not laid out as a table, so they are named. */
function line(columns, row) {
  return h(
    "tr",
    { role: "row" },
    columns.map((column, i) =>
      h(
        i === 0 ? "th" : "td",
        {
          scope: i === 0 ? "row" : null,
          role: i === 0 ? "rowheader" : "cell",
          class: column.numeric ? "numeric" : null,
          "data-title": column.title,
        },
        column.of(row),
      ),
    ),
  );
}

const ROWS = 50;

/**
 * A table whose rows are put in the order of a column by its heading; the first rows of many are shown, then more.
 *
 * @param {string} caption
 * @param {Array<{title: string, of: function, numeric: boolean, by: function(object): (string|number|null)}>} columns
 *     as of {@link table}; those with `by` can be sorted by it
 * @param {Array} rows
 * @param {string} first title of the column to sort by at first
 * @param {string} none what to say where there are no rows
 * @returns {{place: Node, draw: function}} where the table is, and what draws it again once `rows` has others; a row that
 *     stays keeps its elements
 */
export function sortedTable(caption, columns, rows, first, none) {
  const place = h("div", {});
  const lines = new Map();
  const lineOf = (row) => {
    if (!lines.has(row)) {
      lines.set(row, line(columns, row));
    }
    return lines.get(row);
  };
  let by = columns.find((column) => column.title === first);
  let descending = by.numeric === true;
  let shown = ROWS;
  const sort = (column) => {
    descending = column === by ? !descending : column.numeric === true;
    by = column;
    draw();
  };
  const head = (column) => {
    if (column.by === undefined) {
      return heading(column);
    }
    const ordered = column === by ? (descending ? "descending" : "ascending") : "none";
    const button = {
      type: "button",
      class: "sort",
      "data-key": `sort ${column.title}`,
      on: { click: () => sort(column) },
    };
    return heading(column, ordered, h("button", button, column.title));
  };
  const more = () => {
    shown += ROWS;
    draw();
  };
  const draw = () => {
    if (rows.length === 0) {
      show(place, h("p", { class: "quiet" }, none));
      return;
    }
    const sorted = inOrder(rows, by.by, descending);
    renew(
      place,
      tableOf(caption, columns, columns.map(head), sorted.slice(0, shown).map(lineOf)),
      shown < sorted.length
        ? h(
            "button",
            { type: "button", "data-key": "more rows", on: { click: more } },
            `${ROWS} more of ${sorted.length}`,
          )
        : null,
    );
  };
  draw();
  return { place, draw };
}

/** Rows in the order of a value, in either direction; those without one are last. */
export function inOrder(rows, by, descending) {
  const known = (value) => value !== null && value !== undefined;
  return [...rows].sort((a, b) => {
    const [one, other] = [by(a), by(b)];
    if (!known(one) || !known(other)) {
      return known(one) ? -1 : known(other) ? 1 : 0;
    }
    const order = typeof one === "string" ? one.localeCompare(other) : one - other;
    return descending ? -order : order;
  });
}

/** Room that scrolls where its content is wider, by keyboard as well. */
export function scrolling(title, ...content) {
  return h(
    "div",
    { class: "scroll", role: "group", tabindex: "0", "aria-label": title, "data-key": title },
    ...content,
  );
}

/** Content that is opened by its title; the key tells it from others when it is drawn anew. */
export function details(key, title, ...content) {
  return h(
    "details",
    { "data-key": `details ${key}` },
    h("summary", { "data-key": `summary ${key}` }, title),
    ...content,
  );
}

/** Names and values, one a line. */
export function facts(entries) {
  return h(
    "dl",
    { class: "facts" },
    entries
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** Where another part of the page is; parts of the path may hold any character. */
export function link(text, ...path) {
  return h("a", { href: `#/${path.map(encodeURIComponent).join("/")}` }, text);
}

/** Says something in the line under the header, aloud as well. */
export function say(text) {
  document.getElementById("status").textContent = readable(text);
}

/** Puts content in the place of what is there. */
export function show(place, ...content) {
  place.replaceChildren(...content.flat().filter((child) => child !== null));
}

/** The same again: what is open, has the focus or is scrolled stays so. What is to be known again has a data-key. */
export function renew(place, ...content) {
  const keyed = () => [...place.querySelectorAll("[data-key]")];
  const before = new Map(keyed().map((element) => [element.dataset.key, element]));
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const scrolled = new Map([...before].map(([key, element]) => [key, [element.scrollLeft, element.scrollTop]]));
  show(place, ...content);
  for (const element of keyed()) {
    const { key } = element.dataset;
    if (before.get(key)?.open) {
      element.open = true;
    }
    if (scrolled.has(key)) {
      [element.scrollLeft, element.scrollTop] = scrolled.get(key);
    }
    if (key === focused) {
      element.focus({ preventScroll: true });
    }
  }
}
