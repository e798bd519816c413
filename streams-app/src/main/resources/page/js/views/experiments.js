/** What the arms of an experiment earn, and which is better. */

import { get } from "../api.js";
import { lineChart } from "../chart.js";
import { facts, h, link, renew, section, show, table } from "../dom.js";
import { amount, change, day, decimal, measure, money, monies, share, time, whole, words } from "../format.js";
import { armName, poll } from "../parts.js";
import { planned } from "./plan.js";

export const title = "Experiments";

const VISITORS = "/visitors";
const NOTHING_YET =
  "No offer was made yet. Users are assigned to arms when they do something: past orders that were loaded are no" +
  " experiment.";

/** Shows one experiment, chosen above; the one of the strategy in force first. */
export async function render(place, parts, signal) {
  const [{ reports }, strategy] = await Promise.all([
    get(["v1", "reports", "conversions"], { window: "TOTAL" }, signal),
    get(["v1", "strategy"], {}, signal),
  ]);
  const names = reports.map((report) => report.experiment);
  if (names.length === 0) {
    show(place, h("p", { class: "quiet" }, NOTHING_YET));
    return;
  }
  const wanted = parts.join("/");
  const chosen = names.includes(wanted) ? wanted : names.includes(strategy.salt) ? strategy.salt : names[0];
  const experiment = new Choice("experiment", "Experiment", (name) => {
    location.hash = `#/experiments/${encodeURIComponent(name)}`;
  });
  experiment.offer(
    names.map((name) => ({ value: name, text: name })),
    chosen,
  );
  await follow(place, experiment, signal);
}

/** A list to choose from. It is not drawn anew with the rest, which would close it under the pointer. */
class Choice {
  constructor(id, label, chosen) {
    this.select = h("select", { id, on: { change: () => chosen(this.select.value) } });
    this.element = h("span", { class: "bar" }, h("label", { for: id }, label), this.select);
  }

  get value() {
    return this.select.value;
  }

  /** Changes the list where it is another one; what was chosen stays chosen if it is still there. */
  offer(options, preferred) {
    const known = [...this.select.options].map((option) => option.value);
    if (options.map((option) => option.value).join("\n") !== known.join("\n")) {
      const before = known.length === 0 ? preferred : this.value;
      this.select.replaceChildren(
        ...options.map(({ value, text }) => h("option", { value, selected: value === before }, text)),
      );
    }
    this.element.hidden = options.length === 0;
  }
}

/** Draws the experiment, and again while it is looked at. */
async function follow(place, experiment, signal) {
  const content = h("div", {});
  let latest = null;
  const draw = () => renew(content, all(latest.total, latest.days, measures.value, latest.spending));
  const measures = new Choice("measure", "Measured by", draw);
  const ask = async () => {
    const parameters = { experiment: experiment.value };
    const [totals, days, spending] = await Promise.all([
      get(["v1", "reports", "conversions"], { ...parameters, window: "TOTAL" }, signal),
      get(["v1", "reports", "conversions"], { ...parameters, window: "DAY", limit: 1000 }, signal),
      get(["v1", "strategy", "budgets"], {}, signal),
    ]);
    return { total: totals.reports[0], days: days.reports.toReversed(), spending };
  };
  const renewed = (answer) => {
    if (answer.total !== undefined) {
      latest = answer;
      offerMeasures(measures, latest.total);
      draw();
    }
  };
  await poll(ask, renewed, signal);
  show(place, h("div", { class: "bar" }, experiment.element, measures.element), content);
}

/** Measures in the order of the report, the one that decides chosen first, or else the revenue of four weeks. */
function offerMeasures(measures, total) {
  const kinds = [...new Map(total.comparisons.map((comparison) => [key(comparison), comparison])).values()];
  const deciding = total.comparisons.find((comparison) => comparison.role === "PRIMARY");
  const preferred = deciding ?? kinds.find((kind) => kind.measure === "revenue28d") ?? kinds[0];
  measures.offer(
    kinds.map((kind) => ({
      value: key(kind),
      text: kind.currency === null ? measure(kind.measure) : `${measure(kind.measure)} (${kind.currency})`,
    })),
    preferred === undefined ? null : key(preferred),
  );
}

function all(total, days, chosen, spending) {
  const pairs = total.comparisons.filter((comparison) => key(comparison) === chosen);
  return [
    total.experiment.endsWith(VISITORS)
      ? h(
          "p",
          {},
          "Visitors known by their session only. They are counted, but never compared: who comes back is" +
            " a new visitor.",
        )
      : null,
    !total.advice ? null : h("p", {}, h("strong", {}, "Now: "), `${inMeasures(total.advice.sentence)}.`),
    pairs.length === 0 ? null : verdicts(pairs, days, armsOf(total)),
    planned(total),
    earnings(total, days),
    section("Arms", armTable(total)),
    placements(total),
    total.sampleRatio === null ? null : entries(total.sampleRatio),
    guardrails(total),
    budgets(spending, total.experiment),
    total.lastMove === null ? null : moved(total.lastMove),
    h("p", { class: "quiet" }, `Latest event: ${time(total.lastEventTime)}.`),
  ];
}

/** A sentence with the names of measures in words. */
export function inMeasures(sentence) {
  return sentence.replace(/\b[a-z]+[A-Za-z]*\d+d\b/, measure);
}

/** The names of the arms in the order of the report, which gives each its colour. */
export function armsOf(total) {
  return total.arms.map((arm) => arm.arm);
}

function key(comparison) {
  return `${comparison.measure} ${comparison.currency ?? ""}`;
}

/** Amounts of a comparison: money, or parts of users. */
function formatOf(comparison) {
  return comparison.currency === null ? share : (value) => amount(value, comparison.currency);
}

function verdicts(pairs, days, arms) {
  return section(
    "Which arm is better",
    h(
      "ul",
      { class: "verdicts" },
      pairs.map((pair) => verdict(pair, arms)),
    ),
    lineChart({
      title: `${measure(pairs[0].measure)}: difference to the reference, with its interval`,
      series: pairs.map((pair) => ({
        name: `${pair.arm} against ${pair.reference}`,
        colour: arms.indexOf(pair.arm),
        dashed: pair.reference !== pairs[0].reference,
        points: looks(days, pair),
      })),
      formatX: day,
      formatY: formatOf(pairs[0]),
      zero: true,
    }),
    h(
      "p",
      { class: "quiet" },
      "Intervals stay valid however often one looks at them. Exploratory ones hold for one comparison each, and are no verdict.",
    ),
  );
}

/** How a pair compared at the end of each day. */
function looks(days, pair) {
  return days.flatMap((report) =>
    report.comparisons
      .filter(
        (look) =>
          look.arm === pair.arm &&
          look.reference === pair.reference &&
          key(look) === key(pair) &&
          look.difference !== null,
      )
      .map((look) => ({
        x: report.windowStart,
        y: look.difference,
        low: look.differenceLow,
        high: look.differenceHigh,
      })),
  );
}

function verdict(comparison, arms) {
  const format = formatOf(comparison);
  const more =
    comparison.moreUsers === null
      ? null
      : `About ${whole(comparison.moreUsers)} more users are needed in all arms together.`;
  return h(
    "li",
    { class: `verdict ${comparison.verdict.toLowerCase()}` },
    h(
      "p",
      {},
      h("strong", {}, armName(comparison.arm, arms)),
      " against ",
      h("strong", {}, armName(comparison.reference, arms)),
      ": ",
      h("strong", { class: "outcome" }, words(comparison.verdict)),
    ),
    comparison.difference === null
      ? h(
          "p",
          {},
          `${whole(comparison.users)} and ${whole(comparison.referenceUsers)} users observed to the end of the` +
            ` window; ${whole(comparison.burnIn)} are needed in each arm.`,
        )
      : h(
          "p",
          {},
          `${format(comparison.mean)} against ${format(comparison.referenceMean)} per user: `,
          `${format(comparison.difference)} (${format(comparison.differenceLow)} to` +
            ` ${format(comparison.differenceHigh)})`,
          comparison.relative === null
            ? null
            : `, ${change(comparison.relative)} (${change(comparison.relativeLow)}` +
                ` to ${change(comparison.relativeHigh)})`,
          ".",
        ),
    comparison.verdict === "UNDECIDED" || comparison.verdict === "TOO_EARLY" ? h("p", { class: "quiet" }, more) : null,
  );
}

/** Running revenue over running users, which is what the arms' means tend to. */
function earnings(total, days) {
  const currencies = [...new Set(total.arms.flatMap((arm) => arm.amounts.map((one) => one.currency)))];
  return section(
    "Revenue per user",
    currencies.map((currency) =>
      lineChart({
        title: `All revenue so far over all users so far, in ${currency}; figures of this kind have no interval`,
        series: total.arms.map((arm, i) => ({ name: arm.arm, colour: i, points: running(days, arm, currency) })),
        formatX: day,
        formatY: (value) => amount(value, currency),
        zero: true,
      }),
    ),
    currencies.length === 0 ? h("p", { class: "quiet" }, "Nothing has been bought yet.") : null,
  );
}

/** Backwards from the total, as days before the first one that is kept may be forgotten. */
function running(days, total, currency) {
  const paid = (figures) => figures?.amounts.find((one) => one.currency === currency)?.revenueMinor ?? 0;
  let users = total.users;
  let revenue = paid(total);
  const points = [];
  for (const report of days.toReversed()) {
    const figures = report.arms.find((candidate) => candidate.arm === total.arm);
    if (users > 0) {
      points.push({ x: report.windowStart, y: revenue / users, low: null, high: null });
    }
    users -= figures?.users ?? 0;
    revenue -= paid(figures);
  }
  return points.reverse();
}

/** A field of the amounts of an arm, in each currency in which there is one. */
function earned(arm, field) {
  return monies(
    arm.amounts
      .filter((one) => one[field] !== null)
      .map((one) => ({ amountMinor: one[field], currency: one.currency })),
  );
}

/** What orders the bundles of an arm, by the name that the report gives it. */
const STAGES = {
  popularity: "popularity",
  relevance: "relevance",
  "warm-start": "expected gain, hardly learned yet",
  shrunk: "expected gain, partly learned",
  learned: "expected gain, learned",
};

/** Arms side by side: there are fewer of them than of figures. */
function armTable(total) {
  const figures = [
    ["Users", (arm) => whole(arm.users)],
    ["Revenue per user", (arm) => earned(arm, "revenuePerUser")],
    ["Revenue", (arm) => earned(arm, "revenueMinor")],
    ["Attributed to offers", (arm) => earned(arm, "attributedMinor")],
    ["of it seen, not clicked", (arm) => earned(arm, "viewThroughMinor")],
    ["Saving given", (arm) => earned(arm, "savingMinor")],
    ["Offers made", (arm) => whole(arm.offers)],
    ["Offers seen", (arm) => whole(arm.impressions)],
    ["Bundles clicked", (arm) => `${whole(arm.clicks)} (in ${share(arm.clickThroughRate)} of the offers seen)`],
    ["Bundles bought", (arm) => perOfferSeen(arm.conversions, arm.conversionRate)],
    ["Bought in part", (arm) => whole(arm.partialConversions)],
    ["Returned, of bought", (arm) => share(arm.returnedShare)],
    ["Dismissed, of the offers seen", (arm) => share(arm.dismissalRate)],
    ["Ordered by", (arm) => STAGES[arm.modelStage] ?? "–"],
  ];
  const arms = armsOf(total);
  return table(
    "What each arm did since the start",
    [
      { title: "Figure", of: ([name]) => name },
      ...total.arms.map((arm) => ({
        title: arm.arm,
        head: armName(arm.arm, arms),
        numeric: true,
        of: ([, figure]) => figure(arm),
      })),
    ],
    figures,
  );
}

/** A count of bundles. An offer has several, so that there may be more clicks than offers seen. */
function perOfferSeen(count, rate) {
  return `${whole(count)} (${decimal(rate, 2)} per offer seen)`;
}

/** Amounts by currency as a list. */
function amounts(byCurrency) {
  return Object.entries(byCurrency).map(([currency, amountMinor]) => ({ amountMinor, currency }));
}

function placements(total) {
  const rows = total.arms.flatMap((arm) => arm.placements.map((placement) => ({ arm: arm.arm, ...placement })));
  return rows.length === 0
    ? null
    : section(
        "Placements",
        table(
          "What offers did where they were shown",
          [
            { title: "Arm", of: (row) => row.arm },
            { title: "Placement", of: (row) => row.placement },
            { title: "Offers", numeric: true, of: (row) => whole(row.offers) },
            { title: "Seen", numeric: true, of: (row) => whole(row.impressions) },
            { title: "Clicked", numeric: true, of: (row) => whole(row.clicks) },
            { title: "Bought", numeric: true, of: (row) => whole(row.conversions) },
            { title: "Attributed", numeric: true, of: (row) => monies(amounts(row.attributedMinor)) },
          ],
          rows,
        ),
      );
}

function entries(ratio) {
  return section(
    "Assignment",
    h(
      "p",
      { class: ratio.fits ? null : "problem" },
      ratio.fits
        ? "Users were assigned to the arms in the planned shares."
        : `Users were not assigned to the arms in the planned shares (p = ${ratio.pValue.toExponential(1)}): something loses users,` +
            " and nothing here can be compared until that is found.",
    ),
    table(
      "Assigned users by version of the strategy",
      [
        { title: "Version", of: (arm) => whole(arm.strategyVersion) },
        { title: "Arm", of: (arm) => arm.arm },
        { title: "Users expected", numeric: true, of: (arm) => whole(arm.expected) },
        { title: "Users assigned", numeric: true, of: (arm) => whole(arm.entered) },
      ],
      ratio.arms,
    ),
  );
}

/** What treatments must not do, how they stand, and what was done about it. */
function guardrails(total) {
  if (total.guardrails.length + total.crossings.length === 0) {
    return null;
  }
  const known = (value) => (value === null ? "–" : change(value));
  return section(
    "Guardrails",
    table(
      "What treatments must not do",
      [
        { title: "Measure", of: (rail) => measure(rail.measure) },
        { title: "Arm", of: (rail) => rail.arm },
        { title: "Against", of: (rail) => rail.control },
        { title: "Loss allowed", numeric: true, of: (rail) => share(rail.margin) },
        { title: "Change", numeric: true, of: (rail) => known(rail.change) },
        { title: "At least", numeric: true, of: (rail) => known(rail.bound) },
        { title: "Action", of: (rail) => words(rail.action) },
        { title: "State", of: (rail) => (rail.crossed ? "crossed" : rail.bound === null ? "not known yet" : "kept") },
      ],
      total.guardrails,
    ),
    total.crossings.map((crossing) =>
      h(
        "p",
        { class: "problem" },
        `${time(crossing.time)}, version ${whole(crossing.version)}, ${words(crossing.action)}: ${crossing.reason}.`,
      ),
    ),
  );
}

/** What the discounts of an experiment may cost on a day; nothing where it is not that of the strategy in force. */
function budgets({ salt, budgets: limits }, experiment) {
  if (limits.length === 0 || !`${experiment}/`.startsWith(`${salt}/`)) {
    return null;
  }
  return section(
    "Discount budgets",
    table(
      "What discounts may cost on a day (UTC), with what the day before left of its own budget; the experiment's users and visitors, and shoppers outside it, share it",
      [
        { title: "Discounts of", of: (one) => one.arm ?? link(one.title || one.bundleId, "bundles", one.bundleId) },
        { title: "Per day", numeric: true, of: (one) => money(one.perDay) },
        { title: "Carried from yesterday", numeric: true, of: (one) => money(one.carried) },
        { title: "Spent today", numeric: true, of: (one) => money(one.spent) },
        { title: "Reserved for open offers", numeric: true, of: (one) => money(one.reserved) },
        { title: "Left", numeric: true, of: (one) => money(one.left) },
        { title: "State", of: ({ spentAt }) => budgetState(spentAt) },
      ],
      limits,
    ),
  );
}

/** What a budget that was spent at a time means for offers. */
export function budgetState(spentAt) {
  return spentAt === null ? "open" : `nearly spent at ${time(spentAt)}: discounts larger than what is left wait`;
}

function moved(move) {
  return section(
    move.kind === "ALLOCATION" ? "Shares moved" : "Changed by Kombo",
    facts([
      ["When", time(move.time)],
      ["Version", whole(move.version)],
      ...(move.reason === null ? [] : [["Why", `${words(move.kind)}: ${move.reason}`]]),
      ...move.arms.map((arm) => [
        arm.arm,
        `${share(arm.share)} of new users` +
          (move.kind === "ALLOCATION" ? `; best with a probability of ${share(arm.probabilityBest)}` : ""),
      ]),
    ]),
  );
}
