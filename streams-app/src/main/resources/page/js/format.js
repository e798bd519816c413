/** Numbers, money and times as people read them. */

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const DECIMALS = [1, 2, 3].map(
  (digits) => new Intl.NumberFormat("en", { ...fractions(digits), signDisplay: "negative" }),
);
const PERCENT = { style: "percent", ...fractions(1), signDisplay: "negative" };
const SHARE = new Intl.NumberFormat("en", PERCENT);
const SIGNED_SHARE = new Intl.NumberFormat("en", { ...PERCENT, signDisplay: "exceptZero" });
const TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
const NONE = "–";
const NO_CURRENCY = "XXX";

function fractions(digits) {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

function known(number) {
  return number !== null && number !== undefined && Number.isFinite(number);
}

/** Text of a shop, with the characters named that would turn the text around them: a title must not reorder a price. */
export function readable(text) {
  return text.replace(
    /[\u202a-\u202e\u2066-\u2069]/g,
    (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase()}]`,
  );
}

/** With a minus sign, after which no line is broken. */
function formatted(format, number) {
  return known(number) ? format.format(number).replace("-", "−") : NONE;
}

/** A count. */
export function whole(number) {
  return formatted(WHOLE, number);
}

/** A measured number, three digits of it. */
export function short(number) {
  return formatted(SHORT, number);
}

/** A measured number in a column of its like, whose decimal points stand below each other. */
export function decimal(number, digits = 1) {
  return formatted(DECIMALS[digits - 1], number);
}

/** A part of one, as per cent. */
export function share(number) {
  return formatted(SHARE, number);
}

/** A change relative to one, as per cent with its sign. */
export function change(number) {
  return formatted(SIGNED_SHARE, number);
}

/** A duration in seconds. */
export function duration(seconds) {
  if (!known(seconds)) {
    return NONE;
  }
  if (seconds < 0.001) {
    return `${short(seconds * 1e6)} µs`;
  }
  return seconds < 1 ? `${short(seconds * 1e3)} ms` : `${short(seconds)} s`;
}

/** A long duration in milliseconds, in days. */
export function days(millis) {
  const count = short(millis / 86_400_000);
  return count === "1" ? "1 day" : `${count} days`;
}

/** A time of day and date, UTC, of epoch milliseconds. */
export function time(millis) {
  return known(millis) ? `${TIME.format(millis)} UTC` : NONE;
}

/** The same in short, without the year. */
export function moment(millis) {
  return MOMENT.format(millis);
}

/** A date, UTC, of epoch milliseconds. */
export function day(millis) {
  return known(millis) ? DAY.format(millis) : NONE;
}

/** Digits of minor units by ISO 4217 where they are not two; what browsers know (CLDR) is how people write amounts. */
const DIGITS = new Map([
  ...[
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "UYI",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
  ].map((currency) => [currency, 0]),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((currency) => [currency, 3]),
  ["CLF", 4],
  ["UYW", 4],
]);
const currencies = new Map();

/** Minor units of an amount as people type it, such as 12.99 or 12,9; null where it is none. */
export function minor(text, currency) {
  const digits = DIGITS.get(currency) ?? 2;
  const [, sign, whole, parts = ""] = /^(-?)(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || parts.length > digits) {
    return null;
  }
  return Number(`${sign}${whole}${parts.padEnd(digits, "0")}`);
}

/** The same amount for a field in which it can be changed: without the currency. */
export function plain(amountMinor, currency) {
  const digits = DIGITS.get(currency) ?? 2;
  return known(amountMinor) ? (amountMinor / 10 ** digits).toFixed(digits) : "";
}

function formatOf(currency) {
  if (!currencies.has(currency)) {
    const digits = DIGITS.get(currency) ?? 2;
    const shown = { ...fractions(digits), signDisplay: "negative" };
    // What is no code of three letters would be an error.
    const format = /^[A-Z]{3}$/.test(currency)
      ? new Intl.NumberFormat("en", { style: "currency", currency, ...shown })
      : new Intl.NumberFormat("en", shown);
    currencies.set(currency, (minor) => formatted(format, minor / 10 ** digits));
  }
  return currencies.get(currency);
}

/** Money in minor units, which may be a mean and so not whole. */
export function amount(minor, currency) {
  return known(minor) ? formatOf(currency)(minor) : NONE;
}

/** An amount as the API writes it: {amountMinor, currency}. */
export function money(value) {
  return value ? amount(value.amountMinor, value.currency) : NONE;
}

/** An amount of an offered bundle for money, such as its priceMinor; null where it is offered without a price. */
export function amountOf(bundle, field) {
  return bundle.currency === NO_CURRENCY ? null : { amountMinor: bundle[field], currency: bundle.currency };
}

/** Amounts of several currencies, which are never added. */
export function monies(values) {
  return values.length === 0 ? NONE : values.map(money).join(", ");
}

const MEASURES = new Map([
  ["revenue1d", "Revenue in the day after entry"],
  ["revenue7d", "Revenue in the 7 days after entry"],
  ["revenue28d", "Revenue in the 28 days after entry"],
  ["repeatPurchase30d", "Bought again within 30 days"],
  ["margin28d", "Margin in the 28 days after entry"],
  ["returnRate28d", "Returned something within 28 days"],
  ["dismissalRate28d", "Dismissed an offer within 28 days"],
  ["conversion28d", "Ordered within 28 days"],
  ["discount28d", "Saved through offers within 28 days"],
]);

/** What arms are compared by, in words. */
export function measure(name) {
  return MEASURES.get(name) ?? name;
}

const RANKERS = {
  popularity: ["Popularity", "the most popular bundles"],
  "own-frequency": ["Bought most often", "what the shopper bought most often, then the most popular"],
  overlap: ["Overlap with the basket", "the largest share of the bundle in the basket"],
  neighbors: ["Bought with items seen", "what is bought with the shopper's items, then the most popular"],
  holdings: ["Fit to the holdings", "what fits best what the customer holds and does not hold, then the most popular"],
  prior: ["The starting weights", "all signals, with the weights that Kombo ships with"],
  linear: ["Trained weights", "all signals, with weights trained on the choices of this occasion"],
  deep: ["The network", "all signals, by the network trained on all choices"],
};

/** Kinds of the network: what ranks where the network is in force carries the name of its kind. */
for (const kind of ["dense", "convolution", "recurrent"]) {
  RANKERS[kind] = RANKERS.deep;
}

/** The colour of a ranker, the same on every occasion. */
export function rankerColour(ranker) {
  return Object.keys(RANKERS).indexOf(RANKERS[ranker] === RANKERS.deep ? "deep" : ranker);
}

/** What a person calls a ranker; one that is not known keeps its name. */
export function rankerName(ranker) {
  return RANKERS[ranker]?.[0] ?? ranker;
}

/** How it ranks; empty where that is not known. */
export function rankerMeaning(ranker) {
  return RANKERS[ranker]?.[1] ?? "";
}

/** What combinesWith of a bundle may state, each with its words. */
export const COMBINATIONS = [
  [[], "not stated"],
  [["codes"], "codes on the cart"],
  [["bundles"], "other bundles in the cart"],
  [["bundles", "codes"], "codes and other bundles"],
  [["nothing"], "no other discount"],
];

/** The discounts that hold beside the price of a bundle, in words. */
export function combined(combinesWith) {
  const stated = combinesWith.toSorted().join();
  return COMBINATIONS.find(([known]) => known.join() === stated)?.[1] ?? stated;
}

/** A constant of the API, in words: TOO_EARLY is "too early". */
export function words(constant) {
  return constant.toLowerCase().replaceAll("_", " ");
}
