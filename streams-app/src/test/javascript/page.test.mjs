// What the operators' page computes, without a browser: run by .ci/operations with Node's own test runner.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { quantile, rate } from "../../main/resources/page/js/activity.js";
import { path } from "../../main/resources/page/js/api.js";
import { dated, ticks } from "../../main/resources/page/js/chart.js";
import { inOrder } from "../../main/resources/page/js/dom.js";
import { EventParser } from "../../main/resources/page/js/events.js";
import {
  amount,
  change,
  combined,
  decimal,
  duration,
  minor,
  money,
  monies,
  plain,
  readable,
  share,
  short,
  whole,
} from "../../main/resources/page/js/format.js";
import { layers } from "../../main/resources/page/js/layout.js";
import { doubtful } from "../../main/resources/page/js/parts.js";
import {
  KNOWN,
  KNOWN_RULES,
  obstacle,
  reasonName,
  ruleMeaning,
  signalName,
} from "../../main/resources/page/js/signals.js";
import { completion, lines } from "../../main/resources/page/js/slots.js";
import { content, differences, STATES } from "../../main/resources/page/js/views/catalog.js";
import { budgetState, inMeasures } from "../../main/resources/page/js/views/experiments.js";
import {
  comparisons,
  decisions,
  earning,
  firstOffer,
  inWords,
  latestDays,
  sums,
  worst,
} from "../../main/resources/page/js/views/overview.js";
import { against, curves, standing } from "../../main/resources/page/js/views/ranking.js";
import { definitions, typeName } from "../../main/resources/page/js/views/schemas.js";

const BOUNDS = [0.01, 0.1, 1];

/** Instances as /v1/instances tells of them. */
function sample(...instances) {
  return instances.map(({ address, asOf, events = 0, latencies = [] }) => ({
    address,
    instance: {
      activity: {
        asOf,
        events: { accepted: events, duplicate: 0, rejected: 0 },
        offers: latencies.length,
        emptySlates: 0,
        ranking: { count: 0, buckets: [] },
        offerLatency: {
          count: latencies.length,
          buckets: BOUNDS.map((atMost) => ({ atMost, count: latencies.filter((one) => one <= atMost).length })),
        },
      },
    },
  }));
}

const accepted = (activity) => activity.events.accepted;
const latency = (activity) => activity.offerLatency;

test("a rate is what was added over the time between, of all instances", () => {
  const earlier = sample({ address: "a", asOf: 0, events: 100 }, { address: "b", asOf: 0, events: 7 });
  const later = sample({ address: "a", asOf: 2000, events: 140 }, { address: "b", asOf: 2000, events: 17 });
  assert.equal(rate([earlier, later], accepted), 25);
});

test("an instance that began anew, joined or left adds nothing", () => {
  const earlier = sample({ address: "a", asOf: 0, events: 100 }, { address: "gone", asOf: 0, events: 50 });
  const later = sample(
    { address: "a", asOf: 1000, events: 110 },
    { address: "new", asOf: 1000, events: 500 },
    { address: "gone", asOf: 1000, events: 3 },
  );
  later.push({ address: "silent", instance: null });
  assert.equal(rate([earlier, later], accepted), 10);
  assert.ok(Number.isNaN(rate([[], later], accepted)));
});

test("an instance that began anew counts again from its next sample on", () => {
  const samples = [
    sample({ address: "a", asOf: 0, events: 100, latencies: [0.5] }),
    sample({ address: "a", asOf: 1000, events: 130 }),
    sample({ address: "a", asOf: 3000, events: 150 }),
  ];
  assert.equal(rate(samples, accepted), 10, "more events than before, but fewer offers: it is another run");
});

test("a quantile lies in its bucket, by what was added since", () => {
  const old = Array(50).fill(0.5);
  const earlier = sample({ address: "a", asOf: 0, latencies: old });
  const later = sample({
    address: "a",
    asOf: 1,
    latencies: [...old, ...Array(90).fill(0.005), ...Array(10).fill(0.05)],
  });
  assert.ok(Math.abs(quantile([earlier, later], latency, 0.45) - 0.005) < 1e-9);
  assert.ok(Math.abs(quantile([earlier, later], latency, 0.95) - 0.055) < 1e-9);
  assert.ok(Number.isNaN(quantile([later, later], latency, 0.95)));
});

test("a quantile above the last bound is not known but that", () => {
  const earlier = sample({ address: "a", asOf: 0 });
  const later = sample({ address: "a", asOf: 1, latencies: [0.5, 5, 6, 7] });
  assert.equal(quantile([earlier, later], latency, 0.95), Number.POSITIVE_INFINITY);
});

test("events are parsed wherever the stream is cut", () => {
  const text = 'event: open\ndata: {"instance":null}\n\n: keep-alive\n\nevent: offer\ndata: {"a":\ndata: 1}\n\n';
  for (let cut = 0; cut <= text.length; cut++) {
    const parser = new EventParser();
    const events = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))];
    assert.deepEqual(events, [
      { type: "open", data: '{"instance":null}' },
      { type: "offer", data: '{"a":\n1}' },
    ]);
  }
});

test("paths hold any id, and leave out what is not asked for", () => {
  assert.equal(path(["v1", "users", "a/b?&#%ü", "offers"]), "/v1/users/a%2Fb%3F%26%23%25%C3%BC/offers");
  assert.equal(path(["v1"], { a: "x y", b: null, c: "", d: false, e: 0, f: true }), "/v1?a=x+y&e=0&f=true");
});

test("money is shown in the units of its currency", () => {
  assert.equal(amount(123456, "GBP"), "£1,234.56");
  assert.equal(amount(1234, "JPY"), "¥1,234");
  assert.equal(amount(123456, "HUF"), "HUF\u00a01,234.56");
  assert.equal(amount(1234, "IQD"), "IQD\u00a01.234");
  assert.equal(amount(1234, "no code"), "12.34");
  assert.equal(money(null), "–");
  assert.equal(amount(Number.NaN, "GBP"), "–");
  assert.equal(
    monies([
      { amountMinor: 100, currency: "EUR" },
      { amountMinor: 5, currency: "USD" },
    ]),
    "€1.00, $0.05",
  );
});

test("a title cannot turn around what stands beside it", () => {
  assert.equal(readable("tea \u202e00.9$\u2069"), "tea [U+202E]00.9$[U+2069]");
  assert.equal(readable("شاي, תה, 👩‍🍳"), "شاي, תה, 👩‍🍳");
});

test("numbers are short, and what is not known is a dash", () => {
  assert.equal(whole(1234567), "1,234,567");
  assert.equal(short(0.0123456), "0.0123");
  assert.equal(share(0.12345), "12.3%");
  assert.equal(share(-0.0001), "0.0%");
  assert.equal(decimal(12.04), "12.0");
  assert.equal(decimal(-0.0004, 3), "0.000");
  assert.equal(change(0.05), "+5.0%");
  assert.equal(change(-0.051), "−5.1%");
  assert.equal(duration(0.0000421), "42.1 µs");
  assert.equal(duration(0.25), "250 ms");
  assert.equal(duration(2), "2 s");
  for (const format of [whole, short, decimal, share, change, duration]) {
    assert.equal(format(Number.NaN), "–");
    assert.equal(format(null), "–");
  }
});

test("an amount is read as people type it, and only where it is one", () => {
  assert.equal(minor(" 12.99 ", "GBP"), 1299);
  assert.equal(minor("12,9", "EUR"), 1290);
  assert.equal(minor("-3", "GBP"), -300);
  assert.equal(minor("1234", "JPY"), 1234);
  assert.equal(minor("0.125", "KWD"), 125);
  for (const text of ["", "1.999", "1,299", "1e3", "12.99 GBP", "£3", "."]) {
    assert.equal(minor(text, "GBP"), null, text);
  }
  assert.equal(minor("1.0", "JPY"), null);
  for (const [minorUnits, currency] of [
    [1299, "GBP"],
    [5, "EUR"],
    [1234, "JPY"],
    [12345, "KWD"],
    [1009, "GBP"],
  ]) {
    assert.equal(minor(plain(minorUnits, currency), currency), minorUnits);
  }
  assert.equal(plain(null, "GBP"), "");
});

test("a price above the items' or below half of theirs is doubted", () => {
  assert.match(doubtful(15000, 11476, "EUR"), /^€150.00 is more than .* €114.76/);
  assert.match(doubtful(100, 11476, "EUR"), /^€1.00 is less than half .* €114.76/);
  assert.equal(doubtful(11476, 11476, "EUR"), null);
  assert.equal(doubtful(5738, 11476, "EUR"), null);
  assert.equal(doubtful(1, null, "EUR"), null);
});

test("only what somebody changed is sent", () => {
  const item = { itemId: "tea", priceMinor: 450, stock: null };
  assert.deepEqual(differences(item, { priceMinor: 450, stock: 0 }), { stock: 0 });
  assert.deepEqual(differences(item, { priceMinor: null, stock: null }), { priceMinor: null });
  assert.deepEqual(differences(item, { priceMinor: 450, stock: null }), {});
});

test("ticks are round and cover the range", () => {
  for (const [low, high] of [
    [0, 1],
    [-3.7, 12.2],
    [0, 0],
    [1e-7, 3e-7],
    [-5000, -4000],
    [0, 99999],
  ]) {
    const all = ticks(low, high, 4);
    assert.ok(all[0] <= low && all.at(-1) >= high, `${low} to ${high}: ${all}`);
    assert.ok(all.length >= 1 && all.length <= 8, `${low} to ${high}: ${all}`);
  }
  assert.deepEqual(ticks(0, 100, 4), [0, 50, 100]);
});

test("dates below a chart never overlap", () => {
  const ends = (shown, i, x, wide) => {
    const left = i === 0 ? x : i === shown.length - 1 ? x - wide : x - wide / 2;
    return [left, left + wide];
  };
  for (const xs of [[0, 1, 2, 3, 500, 501, 998, 999, 1000], [...Array(400).keys()].map((i) => i * 2.5), [0, 1000]]) {
    const shown = dated(xs, (value) => value, 110);
    assert.deepEqual([shown[0], shown.at(-1)], [xs[0], xs.at(-1)]);
    assert.ok(shown.length <= 6);
    for (let i = 1; i < shown.length; i++) {
      assert.ok(ends(shown, i - 1, shown[i - 1], 110)[1] <= ends(shown, i, shown[i], 110)[0], String(shown));
    }
  }
  assert.equal(dated([...Array(400).keys()], (value) => value * 3, 110).length, 6);
  assert.deepEqual(
    dated([7], (value) => value, 110),
    [7],
  );
});

test("each node is to the right of all that lead to it, once", () => {
  const nodes = ["a", "b", "c", "d", "e"];
  const edges = [
    ["a", "b"],
    ["b", "c"],
    ["a", "c"],
    ["d", "c"],
    ["c", "e"],
    ["a", "e"],
  ];
  const rows = layers(nodes, edges);
  const depth = new Map(rows.flatMap((row, i) => row.map((node) => [node, i])));
  assert.deepEqual(rows.flat().sort(), nodes);
  for (const [from, to] of edges) {
    assert.ok(depth.get(from) < depth.get(to), `${from} to ${to}`);
  }
});

test("layers are ordered so that parallel ways do not cross", () => {
  const edges = [
    ["a", "y"],
    ["b", "x"],
    ["y", "p"],
    ["x", "q"],
  ];
  const [first, second, third] = layers(["a", "b", "x", "y", "q", "p"], edges);
  const crossing = (left, right) =>
    edges
      .filter(([from]) => left.includes(from))
      .map(([from, to]) => [left.indexOf(from), right.indexOf(to)])
      .sort((a, b) => a[0] - b[0])
      .some(([, to], i, all) => i > 0 && all[i - 1][1] > to);
  assert.ok(!crossing(first, second) && !crossing(second, third));
});

test("every signal of the ranker has a name for people", () => {
  const source = readFileSync(
    new URL("../../../../engine/src/main/java/dev/kombo/ranking/Signal.java", import.meta.url),
    "utf8",
  );
  const labels = [...source.matchAll(/^ {4}[A-Z_]+\("([a-z-]+)", -?[0-9.]+f/gm)].map((found) => found[1]);
  assert.ok(labels.length > 20);
  assert.deepEqual([...KNOWN].sort(), labels.sort());
  assert.equal(signalName("of-a-later-version"), "of-a-later-version");
});

test("every rule that keeps a bundle out has words", () => {
  const source = readFileSync(
    new URL("../../../../engine/src/main/java/dev/kombo/ranking/rules/Exclusion.java", import.meta.url),
    "utf8",
  );
  const codes = [...source.matchAll(/^ {4}[A-Z_]+\("([a-z-]+)"\)[,;]/gm)].map((found) => found[1]);
  assert.ok(codes.length > 15);
  assert.deepEqual(KNOWN_RULES, codes);
  assert.match(obstacle("holdout"), /get no offers/);
  assert.equal(obstacle("held"), `most bundles are left out, each because ${ruleMeaning("held")}`);
  assert.match(obstacle("of-a-later-version"), /of the rule of-a-later-version$/);
});

test("reasons and terms of sale are told in words", () => {
  assert.equal(reasonName("cosine"), "Taste");
  assert.equal(
    reasonName("completes:lid|pan", (id) => `the ${id}`),
    "completes what the shopper has: the lid, the pan",
  );
  assert.equal(
    reasonName("requires:giro|savings", (id) => id),
    "goes with giro or savings",
  );
  assert.equal(reasonName("unheard:of"), "unheard:of");
  assert.equal(combined(["codes", "bundles"]), "codes and other bundles");
  assert.equal(combined([]), "not stated");
  assert.equal(completion({ completable: true }), "the missing items alone");
});

test("bundles can be looked for by each state that the service tells", () => {
  const source = readFileSync(
    new URL("../../../../engine/src/main/java/dev/kombo/catalog/index/BundleState.java", import.meta.url),
    "utf8",
  );
  const states = [...source.matchAll(/^ {4}([A-Z_]+)[,;]/gm)].map((found) => found[1].toLowerCase());
  assert.ok(states.length > 5);
  assert.deepEqual(STATES, states);
});

test("it is told when a budget of discounts was spent", () => {
  assert.equal(budgetState(null), "open");
  assert.match(budgetState(57_900_000), /^nearly spent at .*16:05:00 UTC: discounts larger than what is left wait$/);
});

test("advice names its measure in words", () => {
  assert.equal(
    inMeasures("keep running, about 64 days: revenue28d"),
    "keep running, about 64 days: Revenue in the 28 days after entry",
  );
});

test("a new bundle holds all that was chosen, or a slot for some of it", () => {
  const members = [
    { item: { itemId: "red" }, quantity: 2 },
    { item: { itemId: "blue" }, quantity: 1 },
  ];
  assert.deepEqual(content(members, ""), {
    members: [
      { itemId: "red", quantity: 2 },
      { itemId: "blue", quantity: 1 },
    ],
  });
  assert.deepEqual(content(members, "1"), {
    slots: [{ name: "choice", items: ["red", "blue"], units: 1, maxUnits: 1 }],
  });
});

test("an entry is read from each line that has one", () => {
  assert.deepEqual(lines(" a: 1 of b \n\n 3 for 20.00"), ["a: 1 of b", "3 for 20.00"]);
});

/** An occasion of the contest of rankers, as /v1/reports/rankers tells of it. */
const CONTEST = {
  occasion: "basket",
  choices: 1200,
  inForce: "prior",
  rankers: [
    { ranker: "popularity", gain: 0.11, error: 0.01 },
    { ranker: "prior", gain: 0.2, error: 0 },
    { ranker: "linear", gain: 0.2123, error: 0.006 },
  ],
  history: [
    { time: 1000, choices: 600, gains: [0.12, 0.1, 0.09] },
    { time: 2000, choices: 1200, gains: [0.11, 0.2, 0.2123] },
  ],
};

test("rankers stand by their gain, each against the one in force", () => {
  const rows = standing(CONTEST);
  assert.deepEqual(
    rows.map((row) => [row.ranker, against(row)]),
    [
      ["linear", "+0.012 ± 0.006"],
      ["prior", "in force"],
      ["popularity", "−0.090 ± 0.010"],
    ],
  );
});

test("each ranker has a curve of its own gains, named for people", () => {
  const [popularity, prior, linear] = curves(CONTEST);
  assert.deepEqual(
    popularity.points.map(({ x, y }) => [x, y]),
    [
      [1000, 0.12],
      [2000, 0.11],
    ],
  );
  assert.equal(prior.name, "The starting weights");
  assert.deepEqual(
    linear.points.map(({ y }) => y),
    [0.09, 0.2123],
  );
});

test("reports of the latest days are added up by arm and currency", () => {
  const report = (day, arm, currency) => ({
    windowStart: day * 86_400_000,
    arms: [
      {
        arm,
        offers: 3,
        impressions: 2,
        conversions: 1,
        amounts: [{ currency, attributedMinor: 10, savingMinor: 2, revenueMinor: 50, viewThroughMinor: 4 }],
      },
    ],
  });
  const reports = [report(1, "a", "GBP"), report(3, "a", "GBP"), report(3, "b", "EUR"), report(4, "a", "EUR")];
  assert.equal(latestDays(reports, 2).length, 3);
  assert.equal(latestDays([], 2).length, 0);
  assert.deepEqual(
    sums(latestDays(reports, 2)).map(({ arm, offers, amounts }) => ({ arm, offers, amounts: [...amounts] })),
    [
      {
        arm: "a",
        offers: 6,
        amounts: [
          ["GBP", { attributedMinor: 10, savingMinor: 2, revenueMinor: 50 }],
          ["EUR", { attributedMinor: 10, savingMinor: 2, revenueMinor: 50 }],
        ],
      },
      { arm: "b", offers: 3, amounts: [["EUR", { attributedMinor: 10, savingMinor: 2, revenueMinor: 50 }]] },
    ],
  );
});

const STRATEGY = {
  salt: "shop",
  arms: [
    { name: "none", kind: "HOLDOUT" },
    { name: "best", kind: "BASELINE" },
    { name: "clever", kind: "TREATMENT" },
  ],
};

/** A comparison of an experiment, as /v1/reports/conversions tells of it. */
function comparison(measure, arm, reference, verdict = "WINNING", difference = 610) {
  const known = (value) => (difference === null ? null : value);
  return {
    measure,
    arm,
    reference,
    verdict,
    currency: "GBP",
    users: 120,
    referenceUsers: 130,
    burnIn: 250,
    mean: known(4210),
    referenceMean: known(3600),
    difference,
    differenceLow: known(233),
    differenceHigh: known(1031),
    relative: known(0.17),
    relativeLow: known(0.06),
    relativeHigh: known(0.29),
    moreUsers: 5000,
  };
}

test("arms are compared with those without offers, by the longest window that says something", () => {
  const total = {
    comparisons: [
      comparison("revenue1d", "clever", "none"),
      comparison("revenue7d", "clever", "none"),
      comparison("revenue28d", "clever", "none", "TOO_EARLY", null),
      comparison("revenue28d", "clever", "best"),
      comparison("repeatPurchase30d", "clever", "none"),
      comparison("revenue1d", "best", "none", "TOO_EARLY", null),
      comparison("revenue28d", "best", "none", "TOO_EARLY", null),
    ],
  };
  assert.deepEqual(
    comparisons(total, STRATEGY).map(({ arm, measure }) => [arm, measure]),
    [
      ["clever", "revenue7d"],
      ["best", "revenue1d"],
    ],
  );
});

test("a comparison is told in sentences", () => {
  assert.equal(
    inWords(comparison("revenue28d", "clever", "none")),
    "In the 28 days after they joined the experiment, customers paid £42.10 each with these offers, £36.00 without." +
      " The difference is between +£2.33 and +£10.31, 95% sure: +6.0% to +29.0%.",
  );
  assert.match(inWords(comparison("revenue7d", "clever", "none", "UNDECIDED")), /About 5,000 more customers/);
  assert.equal(
    inWords(comparison("revenue7d", "clever", "none", "TOO_EARLY", null)),
    "120 customers with offers and 130 without were observed for the whole 7 days; 250 of each are needed.",
  );
});

test("what to decide follows from verdicts, and from bundles that wait or cannot be offered", () => {
  const texts = (total, shop) => decisions({ total, strategy: STRATEGY, shop }).map(({ text }) => text);
  const shop = { bundles: { OFFERED: 3 }, items: 5, waiting: 0 };
  const of = (verdict) => ({ comparisons: [comparison("revenue28d", "clever", "none", verdict)] });
  assert.deepEqual(texts(null, shop), []);
  assert.deepEqual(texts(of("UNDECIDED"), shop), []);
  assert.match(texts(of("WINNING"), shop)[0], /more customers the offers of clever/);
  assert.match(texts(of("LOSING"), shop)[0], /Stop .* clever/);
  assert.match(texts({ ...of("BROKEN"), sampleRatio: { fits: false } }, shop)[0], /loses customers/);
  const [waiting, unpriced, none] = texts(null, { bundles: { UNPRICED: 2 }, items: 4, waiting: 7 });
  assert.match(waiting, /Approve or reject 7/);
  assert.match(unpriced, /have no price, or an item without one: 2/);
  assert.match(none, /none that could be offered/);
  assert.match(texts(null, { bundles: {}, items: 0, waiting: 0 })[0], /Fill the catalogue/);
});

test("the worst bundles are those that bring least per offer, once they were offered often enough", () => {
  const row = (bundleId, offers, amountMinor) => ({
    bundleId,
    offers,
    revenue: amountMinor === 0 ? [] : [{ amountMinor, currency: "GBP" }],
  });
  assert.deepEqual(
    worst([
      row("good", 100, 9000),
      row("bad", 40, 0),
      row("young", 3, 0),
      row("worse", 90, 0),
      row("poor", 50, 100),
    ]).map(({ bundleId }) => bundleId),
    ["worse", "bad", "poor", "good"],
  );
});

test("a bundle that earned nothing is not among those that earn most", () => {
  const rows = [
    { bundleId: "sold", revenue: [{ amountMinor: 1, currency: "GBP" }] },
    { bundleId: "idle", revenue: [] },
  ];
  assert.deepEqual(
    earning(rows).map(({ bundleId }) => bundleId),
    ["sold"],
  );
});

test("the worst bundles are judged in the currency in which most sold, never by a sum of several", () => {
  const money = (currency, amountMinor) => ({ currency, amountMinor });
  const row = (bundleId, ...revenue) => ({ bundleId, offers: 100, revenue });
  assert.deepEqual(
    worst([
      row("yen and pounds", money("JPY", 900_000), money("GBP", 100)),
      row("yen only", money("JPY", 1)),
      row("pounds", money("GBP", 300)),
      row("more pounds", money("GBP", 500)),
      row("nothing"),
    ]).map(({ bundleId }) => bundleId),
    ["nothing", "yen and pounds", "pounds", "more pounds"],
  );
});

test("an example of an offer is announced only where there is one", () => {
  const told = (OFFERED, strongest) => firstOffer({ shop: { bundles: { OFFERED }, strongest } });
  assert.match(told(3, [{}]), /asks for one; it may look like this:$/);
  assert.match(told(3, []), /asks for one\.$/);
  assert.match(told(undefined, []), /no bundle that could be offered/);
});

test("rows are put in order by a value, those without one last in either direction", () => {
  const rows = [{ n: 2 }, { n: null }, { n: 3 }, {}, { n: 1 }];
  const order = (descending) => inOrder(rows, ({ n }) => n, descending).map(({ n }) => n ?? null);
  assert.deepEqual(order(false), [1, 2, 3, null, null]);
  assert.deepEqual(order(true), [3, 2, 1, null, null]);
  assert.deepEqual(
    inOrder(["b", "Ä", "a"], (text) => text, false),
    ["a", "Ä", "b"],
  );
});

test("a record is followed by those defined within, and types are written for people", () => {
  const inner = { type: "record", name: "Inner", fields: [{ name: "kind", type: { type: "enum", name: "Kind" } }] };
  const outer = {
    type: "record",
    name: "Outer",
    fields: [
      { name: "inner", type: ["null", { type: "array", items: inner }] },
      { name: "again", type: { type: "map", values: "dev.kombo.schema.Inner" } },
    ],
  };
  assert.deepEqual(
    definitions(outer).map(({ name }) => name),
    ["Outer", "Inner", "Kind"],
  );
  assert.deepEqual(
    outer.fields.map(({ type }) => typeName(type)),
    ["null or array of Inner", "map of Inner"],
  );
  assert.equal(typeName({ type: "string", "avro.java.string": "String" }), "string");
});
