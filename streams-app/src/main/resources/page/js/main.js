/** Which page is shown: the part of the address after the hash says so. */

import { get, passes, signedIn, signOut } from "./api.js";
import { h, say, show } from "./dom.js";
import { readable } from "./format.js";
import * as bundles from "./views/bundles.js";
import * as catalog from "./views/catalog.js";
import * as experiments from "./views/experiments.js";
import * as instances from "./views/instances.js";
import * as items from "./views/items.js";
import * as overview from "./views/overview.js";
import * as ranking from "./views/ranking.js";
import * as schemas from "./views/schemas.js";
import * as shoppers from "./views/shoppers.js";
import * as topology from "./views/topology.js";

/** Each has a title and `render(place, parts, signal)`, which fills the place until the signal says stop. */
const PAGES = new Map([
  ["", overview],
  ["experiments", experiments],
  ["ranking", ranking],
  ["bundles", bundles],
  ["catalog", catalog],
  ["shoppers", shoppers],
  ["items", items],
  ["topology", topology],
  ["instances", instances],
  ["schemas", schemas],
]);

const AGAIN = 5_000;
const main = document.getElementById("main");
let current = new AbortController();

function open() {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const [name, ...parts] = location.hash.replace(/^#\/?/, "").split("/").map(decode);
  const page = PAGES.get(name);
  mark(name);
  say("");
  if (page === undefined) {
    document.title = "Not found · Kombo";
    show(main, h("h1", {}, "Not found"), h("p", {}, `There is no page ${name}.`));
    return;
  }
  document.title = `${page.title} · Kombo`;
  const asking = h("p", { class: "quiet" }, "Asking …");
  const place = h("div", {}, asking);
  show(main, h("h1", {}, page.title), place);
  const rendered = async () =>
    page.render(
      place,
      parts.filter((part) => part !== ""),
      signal,
    );
  rendered().catch((error) => {
    if (signal.aborted) {
      return;
    }
    asking.remove();
    place.prepend(h("p", { class: "problem", role: "alert" }, error.message));
    if (passes(error)) {
      place.firstChild.append(" This page tries again by itself.");
      const timer = setTimeout(open, AGAIN);
      signal.addEventListener("abort", () => clearTimeout(timer));
    }
  });
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function mark(name) {
  for (const anchor of document.querySelectorAll("nav a")) {
    if (anchor.getAttribute("href") === `#/${name}`) {
      anchor.setAttribute("aria-current", "page");
      anchor.scrollIntoView({ block: "nearest", inline: "center" });
    } else {
      anchor.removeAttribute("aria-current");
    }
  }
}

window.addEventListener("hashchange", () => {
  open();
  // Whoever listens to the page instead of looking at it learns that it is another one.
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
document.getElementById("sign-out").addEventListener("click", () => {
  signOut();
  location.reload();
});
document.getElementById("sign-out").hidden = !signedIn();
open();
// What it cannot say now, the view says.
get(["v1", "overview"]).then(
  ({ notice }) => {
    document.getElementById("notice").textContent = readable(notice);
  },
  () => {},
);
