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
 * A table that scrolls sideways where the window is narrow.
 *
 * @param {string} caption
 * @param {Array<{title: string, of: function, numeric: boolean}>} columns the first of which heads its row
 * @param {Array} rows
 * @param {string} none what to say where there are no rows
 */
export function table(caption, columns, rows, none = "Nothing yet.") {
  if (rows.length === 0) {
    return h("p", { class: "quiet" }, none);
  }
  const head = columns.map((column) =>
    h("th", { scope: "col", class: column.numeric ? "numeric" : null }, column.title),
  );
  const body = rows.map((row) =>
    h(
      "tr",
      {},
      columns.map((column, i) =>
        h(
          i === 0 ? "th" : "td",
          { scope: i === 0 ? "row" : null, class: column.numeric ? "numeric" : null },
          column.of(row),
        ),
      ),
    ),
  );
  return scrolling(
    caption,
    h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)),
  );
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
