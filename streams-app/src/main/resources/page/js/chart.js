/** Charts as SVG, drawn anew where the room for them changes. Colours are classes: the style sheet knows light and dark. */

import { details, h, scrolling, svg } from "./dom.js";

const HEIGHT = 240;
const LEFT = 76;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;
const TICKS = 4;
const NARROWEST = 240;
const COLOURS = 8;
/** Room that a character of a date needs, and dates between them. */
const CHARACTER = 6.6;
const BETWEEN = 16;
/** Most dates below a chart. */
const DATES = 6;

/** Class of a colour by its number; more than there are colours share them. What a number stands for keeps it on a page. */
export function colour(i) {
  return `series-${i % COLOURS}`;
}

function classOf({ colour: i, dashed }) {
  return `${colour(i)}${dashed ? " dashed" : ""}`;
}

/** Something drawn for the width that there is. */
function responsive(className, draw) {
  const element = h("div", { class: className });
  let drawn = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.max(NARROWEST, Math.floor(entry.contentRect.width));
    if (width !== drawn) {
      drawn = width;
      element.replaceChildren(draw(width));
    }
  }).observe(element);
  return element;
}

/**
 * Steps of 1, 2 or 5 times a power of ten that cover a range.
 *
 * @returns {number[]} ascending, from the last step not above low to the first not below high
 */
export function ticks(low, high, about) {
  const rough = (high - low) / about || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const all = [];
  const last = Math.ceil(high / step);
  for (let i = Math.floor(low / step); i <= last; i++) {
    all.push(i * step);
  }
  return all;
}

/**
 * A small line without axes.
 *
 * @param {number[]} values the latest last; NaN where nothing is known
 * @param {string} label what it shows, for those who do not see it
 */
export function sparkline(values, label) {
  const width = 160;
  const height = 36;
  const known = values.filter(Number.isFinite);
  const top = Math.max(...known, 1e-9);
  const x = (i) => (values.length < 2 ? width : (i / (values.length - 1)) * width);
  const y = (value) => height - 2 - (value / top) * (height - 4);
  return svg(
    "svg",
    {
      class: "sparkline",
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": label,
      preserveAspectRatio: "none",
    },
    svg("path", {
      d: line(values.map((value, i) => ({ x: x(i), y: Number.isFinite(value) ? y(value) : Number.NaN }))),
    }),
  );
}

/** A path through points, broken where one is not known. */
function line(points) {
  let path = "";
  let pen = false;
  for (const { x, y } of points) {
    if (Number.isFinite(y)) {
      path += `${pen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = true;
    } else {
      pen = false;
    }
  }
  return path;
}

/**
 * Lines over time, each with a band where its points have bounds, and the figures as a table below.
 *
 * @param {object} chart
 * @param {string} chart.title
 * @param {Array<{name: string, colour: number, dashed: ?boolean, points: Array<{x: number, y: number, low: ?number, high: ?number}>}>} chart.series ascending
 *     in x
 * @param {function(number): string} chart.formatX
 * @param {function(number): string} chart.formatY
 * @param {string} chart.titleX of the figures' first column; a day where it is left out
 * @param {boolean} chart.zero whether the axis includes zero, which is drawn stronger
 */
export function lineChart(chart) {
  const series = chart.series.filter((one) => one.points.length > 0);
  if (series.length === 0) {
    return h("p", { class: "quiet" }, "Nothing to draw yet.");
  }
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, chart.title),
    h(
      "ul",
      { class: "legend", "aria-hidden": "true" },
      series.map((one) => h("li", {}, h("span", { class: `swatch ${classOf(one)}` }), one.name)),
    ),
    responsive("plot", (width) => plot(chart, series, width)),
    details(chart.title, "As a table", figures(chart, series)),
  );
}

function plot(chart, series, width) {
  const points = series.flatMap((one) => one.points);
  const xs = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const ys = points.flatMap((point) => [point.y, point.low, point.high]).filter(Number.isFinite);
  const scale = ticks(Math.min(...ys, ...(chart.zero ? [0] : [])), Math.max(...ys, ...(chart.zero ? [0] : [])), TICKS);
  const [bottom, top] = [scale[0], scale[scale.length - 1]];
  const [first, last] = [xs[0], xs[xs.length - 1]];
  const x = (value) =>
    last === first ? (LEFT + width - RIGHT) / 2 : LEFT + ((value - first) / (last - first)) * (width - LEFT - RIGHT);
  const y = (value) => TOP + ((top - value) / (top - bottom || 1)) * (HEIGHT - TOP - BOTTOM);
  return svg(
    "svg",
    {
      viewBox: `0 0 ${width} ${HEIGHT}`,
      width,
      height: HEIGHT,
      role: "img",
      "aria-label": `${chart.title}; the figures are in the table below.`,
    },
    scale.map((value) =>
      svg(
        "g",
        { class: value === 0 ? "grid zero" : "grid" },
        svg("line", { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
        svg("text", { x: LEFT - 8, y: y(value), dy: "0.32em", "text-anchor": "end" }, chart.formatY(value)),
      ),
    ),
    dates(chart, xs, x),
    series.map((one) => lineOf(one, x, y, chart)),
  );
}

/** Dates of some points, as many as there is room for: the first and the last, and between them what is far enough. */
export function dated(xs, x, wide) {
  const [first, last] = [xs[0], xs[xs.length - 1]];
  const apart = Math.max(wide, (x(last) - x(first)) / (DATES - 1));
  // The outer ones begin and end at their points, so that they reach further in.
  const inner = xs.filter((one) => Math.min(x(one) - x(first), x(last) - x(one)) >= 1.5 * wide);
  const shown = [];
  for (const one of inner) {
    if (shown.length === 0 || x(one) - x(shown.at(-1)) >= apart) {
      shown.push(one);
    }
  }
  return [...new Set([first, ...shown, last])];
}

function dates(chart, xs, x) {
  const shown = dated(xs, x, CHARACTER * chart.formatX(xs[0]).length + BETWEEN);
  return shown.map((value, i) => {
    const anchor = xs.length === 1 ? "middle" : i === 0 ? "start" : i === shown.length - 1 ? "end" : "middle";
    return svg("text", { class: "date", x: x(value), y: HEIGHT - 8, "text-anchor": anchor }, chart.formatX(value));
  });
}

function lineOf(one, x, y, chart) {
  const bounded = one.points.filter((point) => Number.isFinite(point.low) && Number.isFinite(point.high));
  const upper = bounded.map((point) => `${x(point.x).toFixed(1)} ${y(point.high).toFixed(1)}`);
  const lower = bounded.map((point) => `${x(point.x).toFixed(1)} ${y(point.low).toFixed(1)}`).reverse();
  const marks = one.points.length > 60 ? one.points.slice(-1) : one.points;
  return svg(
    "g",
    { class: `series ${classOf(one)}` },
    bounded.length > 1 ? svg("path", { class: "band", d: `M${[...upper, ...lower].join("L")}Z` }) : null,
    bounded.length === 1 ? svg("path", { class: "whisker", d: `M${upper[0]}L${lower[0]}` }) : null,
    svg("path", { class: "line", d: line(one.points.map((point) => ({ x: x(point.x), y: y(point.y) }))) }),
    marks
      .filter((point) => Number.isFinite(point.y))
      .map((point) =>
        svg(
          "circle",
          { cx: x(point.x), cy: y(point.y), r: 3 },
          svg("title", {}, `${one.name}, ${chart.formatX(point.x)}: ${text(point, chart.formatY)}`),
        ),
      ),
  );
}

function text(point, format) {
  return Number.isFinite(point.low) && Number.isFinite(point.high)
    ? `${format(point.y)} (${format(point.low)} to ${format(point.high)})`
    : format(point.y);
}

function figures(chart, series) {
  const xs = [...new Set(series.flatMap((one) => one.points.map((point) => point.x)))].sort((a, b) => b - a);
  return scrolling(
    chart.title,
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, chart.titleX ?? "Day"),
          series.map((one) => h("th", { scope: "col", class: "numeric" }, one.name)),
        ),
      ),
      h(
        "tbody",
        {},
        xs.map((value) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, chart.formatX(value)),
            series.map((one) => {
              const point = one.points.find((candidate) => candidate.x === value);
              return h("td", { class: "numeric" }, point === undefined ? "–" : text(point, chart.formatY));
            }),
          ),
        ),
      ),
    ),
  );
}
