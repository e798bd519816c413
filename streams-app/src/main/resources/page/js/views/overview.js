/** What offers earned, what there is to offer, what to decide, and below that what happens now. */

import { get } from "../api.js";
import { facts, h, inOrder, link, renew, section, show, table } from "../dom.js";
import { amount, change, day, decimal, money, monies, whole } from "../format.js";
import { armName, named, poll } from "../parts.js";
import { offers, work } from "./now.js";

export const title = "Overview";

const MOST_DAYS = 1000;
const DAY_MILLIS = 86_400_000;
const LISTED = 5;
/** Among so many bundles, those offered most, the worst are looked for. */
const MOST_OFFERED = 200;
/** Before so many offers, a bundle that nobody bought may have had bad luck. */
const OFFERS_TO_JUDGE = 30;
/** Windows after the assignment in which revenue is compared, the longest first. */
const WINDOWS = new Map([
  ["revenue28d", "28 days"],
  ["revenue7d", "7 days"],
  ["revenue1d", "day"],
]);
const RANGES = [
  [0, "since the start"],
  [30, "latest 30 days"],
  [7, "latest 7 days"],
  [1, "latest day"],
];

/** Shows the figures of the shop's owner first, those of its technician last. */
export async function render(place, _parts, signal) {
  const owner = h("div", {});
  const range = h(
    "select",
    { id: "range" },
    RANGES.map(([days, text]) => h("option", { value: days }, text)),
  );
  const arms = h("div", {});
  const byArm = section("By arm", h("div", { class: "bar" }, h("label", { for: "range" }, "Period"), range), arms);
  let latest = null;
  const drawArms = () => renew(arms, armTable(latest, Number(range.value)));
  range.addEventListener("change", drawArms);
  const draw = (answer) => {
    latest = answer;
    renew(owner, earned(latest), decide(latest), bundles(latest));
    byArm.hidden = latest.total === null;
    drawArms();
  };
  await poll(() => known(signal), draw, signal);
  show(place, owner, byArm, work(signal), offers(signal));
}

/** All that the figures come of. */
async function known(signal) {
  const [strategy, shop, { reports: totals }] = await Promise.all([
    get(["v1", "strategy"], {}, signal),
    get(["v1", "overview"], {}, signal),
    get(["v1", "reports", "conversions"], { window: "TOTAL" }, signal),
  ]);
  const experiment = strategy.salt;
  const total = totals.find((report) => report.experiment === experiment) ?? null;
  const [{ reports: days }, { bundles: best }, { bundles: mostOffered }] = await Promise.all([
    get(["v1", "reports", "conversions"], { experiment, window: "DAY", limit: MOST_DAYS }, signal),
    get(["v1", "reports", "bundles"], { sort: "revenue", limit: LISTED }, signal),
    get(["v1", "reports", "bundles"], { sort: "offers", limit: MOST_OFFERED }, signal),
  ]);
  return { strategy, shop, total, days, best, mostOffered };
}

/** Whether any offer was made: before that, arms differ by chance only. */
function offered({ total }) {
  return total?.arms.some((arm) => arm.offers > 0) ?? false;
}

/**
 * Each treatment against those without offers, by the longest window of which something can be said; before that, by the
 * shortest, which is the first to end.
 *
 * @returns {Array<object>} comparisons as in the report
 */
export function comparisons(total, strategy) {
  const kind = (name) => strategy.arms.find((arm) => arm.name === name)?.kind;
  const wanted = total.comparisons.filter(
    (one) => WINDOWS.has(one.measure) && kind(one.reference) === "HOLDOUT" && kind(one.arm) !== "HOLDOUT",
  );
  const order = [...WINDOWS.keys()];
  const better = (one, other) =>
    (one.difference === null) !== (other.difference === null)
      ? one.difference !== null
      : (one.difference !== null) === order.indexOf(one.measure) < order.indexOf(other.measure);
  const byArm = new Map();
  for (const one of wanted) {
    const key = `${one.arm}\n${one.currency}`;
    if (!byArm.has(key) || better(one, byArm.get(key))) {
      byArm.set(key, one);
    }
  }
  return [...byArm.values()];
}

function earned(latest) {
  const { total, strategy, days } = latest;
  if (!offered(latest)) {
    return section(
      "What offers earned",
      h("p", {}, "Nothing yet: no offer was made. ", firstOffer(latest)),
      latest.shop.strongest.length === 0 ? null : offerCard(latest.shop.strongest[0]),
    );
  }
  const pairs = comparisons(total, strategy);
  const since = Math.min(...days.map((report) => report.windowStart));
  const arms = total.arms.map((arm) => arm.arm);
  return section(
    "What offers earned",
    h("p", {}, Number.isFinite(since) ? `Since ${day(since)}, against customers who get no offers.` : null),
    pairs.length === 0
      ? h("p", { class: "quiet" }, noComparison(strategy))
      : h(
          "ul",
          { class: "verdicts" },
          pairs.map((pair) => verdict(pair, arms)),
        ),
    h("p", {}, link("How it went day by day, and every other measure", "experiments", total.experiment)),
  );
}

function noComparison(strategy) {
  return strategy.arms.some((arm) => arm.kind === "HOLDOUT")
    ? "Nobody has been observed long enough to compare: the first figures come a day after the first customers."
    : "Everybody gets offers, so nobody can say what they add. A holdout in the strategy, a part of the customers who get none, would tell.";
}

const HEADLINES = {
  WINNING: "earns more",
  LOSING: "earns less",
  UNDECIDED: "not sure yet",
  EXPLORATORY: "no verdict",
  TOO_EARLY: "too early to say",
  BROKEN: "cannot be trusted",
};

function verdict(pair, arms) {
  const kind = pair.verdict.toLowerCase();
  return h(
    "li",
    { class: `verdict ${kind}` },
    h("h3", {}, armName(pair.arm, arms), ": ", h("span", { class: "outcome" }, HEADLINES[pair.verdict] ?? kind)),
    pair.difference === null ? null : h("p", { class: "figure" }, `${signed(pair.difference, pair)} per customer`),
    h("p", {}, inWords(pair)),
  );
}

function signed(minor, { currency }) {
  return `${minor > 0 ? "+" : ""}${amount(minor, currency)}`;
}

/** A comparison as a sentence or two. */
export function inWords(pair) {
  const { currency } = pair;
  if (pair.difference === null) {
    return `${whole(pair.users)} customers with offers and ${whole(pair.referenceUsers)} without were observed for the whole ${WINDOWS.get(pair.measure)}; ${whole(pair.burnIn)} of each are needed.`;
  }
  const sentences = [
    `In the ${WINDOWS.get(pair.measure)} after they joined the experiment, customers paid ${amount(pair.mean, currency)} each with these offers, ${amount(pair.referenceMean, currency)} without.`,
    `The difference is between ${signed(pair.differenceLow, pair)} and ${signed(pair.differenceHigh, pair)}, 95% sure${pair.relative === null ? "" : `: ${change(pair.relativeLow)} to ${change(pair.relativeHigh)}`}.`,
  ];
  if (pair.verdict === "UNDECIDED" && pair.moreUsers !== null) {
    sentences.push(`About ${whole(pair.moreUsers)} more customers would decide it.`);
  }
  return sentences.join(" ");
}

/** States of bundles that somebody can mend. */
const CURES = [
  ["UNFILLABLE", "have a slot without enough items that can be sold"],
  ["UNPRICED", "have no price, or an item without one"],
  ["MIXED_CURRENCIES", "have prices in several currencies"],
  ["DEARER_THAN_MEMBERS", "cost more than their items one by one"],
  ["BELOW_PRICE_LIMITS", "cost less than they may"],
];

/** What to do next, the most urgent first: sentences with a way to where it is done. */
export function decisions({ total, strategy, shop }) {
  const next = [];
  const say = (text, ...path) => next.push({ text, path });
  const pairs = total === null ? [] : comparisons(total, strategy);
  const arms = (verdict) =>
    [...new Set(pairs.filter((pair) => pair.verdict === verdict).map((pair) => pair.arm))].join(", ");
  const state = (name) => shop.bundles[name] ?? 0;
  if (total?.sampleRatio?.fits === false) {
    say("Find out what loses customers of one arm: until then nothing can be compared.", "experiments");
  }
  if (arms("LOSING") !== "") {
    say(`Stop giving customers the offers of ${arms("LOSING")}: they earn less than none.`, "experiments");
  }
  if (arms("WINNING") !== "") {
    say(`Give more customers the offers of ${arms("WINNING")}: publish a strategy with a larger share.`, "experiments");
  }
  if (shop.waiting > 0) {
    say(`Approve or reject ${whole(shop.waiting)} bundles that were found in orders.`, "bundles");
  }
  for (const [name, what] of CURES) {
    if (state(name) > 0) {
      say(
        `Bundles that ${what}: ${whole(state(name))}. Correct or stop them.`,
        "catalog",
        "bundles",
        name.toLowerCase(),
      );
    }
  }
  if (shop.items === 0) {
    say("Fill the catalogue: ./kombo catalog import items, or the topic item-catalog.", "catalog", "items");
  } else if (state("OFFERED") === 0) {
    say("Make a bundle: there is none that could be offered.", "catalog", "items");
  }
  return next;
}

function decide(latest) {
  const next = decisions(latest);
  return section(
    "What to decide next",
    next.length === 0
      ? h("p", {}, waiting(latest))
      : h(
          "ol",
          {},
          next.map(({ text, path }) => h("li", {}, link(text, ...path))),
        ),
  );
}

/** Why there is nothing to decide. */
function waiting(latest) {
  if (!offered(latest)) {
    return [
      link("Look through the bundles", "catalog", "bundles", "offered"),
      " and stop what you would not offer. Offers begin once the shop sends what its customers do.",
    ];
  }
  const pairs = comparisons(latest.total, latest.strategy);
  const needed = Math.max(...pairs.map((pair) => pair.moreUsers ?? 0));
  return needed > 0
    ? `Nothing: offers go on, and about ${whole(needed)} more customers are needed to judge them.`
    : "Nothing: offers go on by themselves.";
}

/** How the first offer comes about. */
export function firstOffer({ shop }) {
  if (!(shop.bundles.OFFERED > 0)) {
    return "There is no bundle that could be offered.";
  }
  const example = shop.strongest.length === 0 ? "." : "; it may look like this:";
  return `Past orders only teach. An offer is made as soon as a customer puts something into the cart or asks for one${example}`;
}

function offerCard({ bundle, listPrice, saving }) {
  const price = { amountMinor: bundle.priceMinor, currency: bundle.currency };
  return h(
    "div",
    { class: "offer" },
    h("h3", {}, link(bundle.title || bundle.bundleId, "bundles", bundle.bundleId)),
    listPrice === null
      ? null
      : h(
          "p",
          {},
          h("span", { class: "figure" }, money(price)),
          saving?.amountMinor > 0
            ? h("span", { class: "saving" }, ` saves ${money(saving)}`)
            : " as much as its items one by one",
        ),
  );
}

function bundles(latest) {
  const { shop } = latest;
  const best = earning(latest.best);
  const others = latest.mostOffered.filter((row) => !best.some(({ bundleId }) => bundleId === row.bundleId));
  return section(
    "Bundles",
    facts([
      ["Offered", link(whole(shop.bundles.OFFERED ?? 0), "catalog", "bundles", "offered")],
      ["Found in orders", `${whole(shop.mined + shop.waiting)} (orders so far: ${whole(shop.orders)})`],
      ["Awaiting your decision", link(whole(shop.waiting), "bundles")],
    ]),
    offered(latest)
      ? h(
          "div",
          { class: "columns" },
          h("div", {}, ranking("Earn most", best, "none was bought through an offer yet.")),
          h("div", {}, ranking("Earn least", worst(others), "none else was offered often enough yet.")),
        )
      : strongest(shop.strongest),
  );
}

/**
 * Of the bundles offered most, those that bring least per offer in the currency in which most of them sold, as those that
 * earn most are ranked; what sold in other currencies only cannot be compared.
 */
export function worst(mostOffered) {
  const sold = new Map();
  for (const { currency } of mostOffered.flatMap(({ revenue }) => revenue)) {
    sold.set(currency, (sold.get(currency) ?? 0) + 1);
  }
  const [main] = inOrder([...sold.keys()].sort(), (currency) => sold.get(currency), true);
  const inMain = ({ revenue }) => revenue.find(({ currency }) => currency === main);
  const perOffer = (row) => (inMain(row)?.amountMinor ?? 0) / row.offers;
  return mostOffered
    .filter((row) => row.offers >= OFFERS_TO_JUDGE && (row.revenue.length === 0 || inMain(row) !== undefined))
    .sort((a, b) => perOffer(a) - perOffer(b) || b.offers - a.offers)
    .slice(0, LISTED);
}

/** Those that earned anything: what earned nothing is among those that earn least. */
export function earning(best) {
  return best.filter(({ revenue }) => revenue.length > 0);
}

function ranking(caption, rows, none) {
  return table(
    caption,
    [
      { title: "Bundle", of: (row) => named("bundles", row.bundleId, row.title) },
      { title: "Offered", numeric: true, of: (row) => whole(row.offers) },
      { title: "Bought", numeric: true, of: (row) => whole(row.conversions) },
      { title: "Earned", numeric: true, of: (row) => monies(row.revenue) },
    ],
    rows,
    `${caption}: ${none}`,
  );
}

function strongest(rows) {
  return table(
    "The strongest of those found in orders; lift: how many times as often as by chance they are bought together",
    [
      { title: "Bundle", of: ({ bundle }) => named("bundles", bundle.bundleId, bundle.title) },
      { title: "Orders", numeric: true, of: ({ evidence }) => whole(evidence.support) },
      { title: "Lift", numeric: true, of: ({ evidence }) => decimal(evidence.lift) },
      { title: "Price", numeric: true, of: ({ bundle }) => amount(bundle.priceMinor, bundle.currency) },
    ],
    rows,
    "None of the bundles offered was found in orders.",
  );
}

/** The reports of so many days, counted back from the latest there is. */
export function latestDays(reports, days) {
  const latest = Math.max(...reports.map((report) => report.windowStart));
  return reports.filter((report) => report.windowStart > latest - days * DAY_MILLIS);
}

/** Reports added up by arm, amounts by currency. */
export function sums(reports) {
  const arms = new Map();
  for (const report of reports) {
    for (const arm of report.arms) {
      const sum = arms.get(arm.arm) ?? { arm: arm.arm, offers: 0, impressions: 0, conversions: 0, amounts: new Map() };
      sum.offers += arm.offers;
      sum.impressions += arm.impressions;
      sum.conversions += arm.conversions;
      for (const { currency, ...amounts } of arm.amounts) {
        const known = sum.amounts.get(currency) ?? { attributedMinor: 0, savingMinor: 0, revenueMinor: 0 };
        for (const field of Object.keys(known)) {
          known[field] += amounts[field];
        }
        sum.amounts.set(currency, known);
      }
      arms.set(arm.arm, sum);
    }
  }
  return [...arms.values()];
}

/** Per customer of the arm: arms have more or fewer of them, so that their totals say nothing. */
function armTable({ total, days }, range) {
  if (total === null) {
    return [];
  }
  const arms = total.arms.map((arm) => arm.arm);
  const users = new Map(total.arms.map((arm) => [arm.arm, arm.users]));
  const perUser = ({ arm, amounts }, field) =>
    monies([...amounts].map(([currency, sum]) => ({ amountMinor: sum[field] / users.get(arm), currency })));
  return table(
    "Money is per customer of the arm; attributed: paid for bundles bought through offers",
    [
      { title: "Arm", of: ({ arm }) => armName(arm, arms) },
      { title: "Customers", numeric: true, of: ({ arm }) => whole(users.get(arm)) },
      { title: "Offers seen each", numeric: true, of: ({ arm, impressions }) => decimal(impressions / users.get(arm)) },
      { title: "Bundles bought", numeric: true, of: ({ conversions }) => whole(conversions) },
      { title: "Attributed", numeric: true, of: (arm) => perUser(arm, "attributedMinor") },
      { title: "Saving given", numeric: true, of: (arm) => perUser(arm, "savingMinor") },
      { title: "All revenue", numeric: true, of: (arm) => perUser(arm, "revenueMinor") },
    ],
    sums(range === 0 ? [total] : latestDays(days, range)),
  );
}
