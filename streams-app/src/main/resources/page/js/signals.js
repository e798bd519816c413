/** What the signals of the ranker are called, and what each means, for whoever does not know their names. */

const SIGNALS = {
  dot: ["Taste and demand", "how much shoppers of this taste interact with the bundle"],
  cosine: ["Taste", "how well the bundle matches the shopper's taste, −1 to 1"],
  "member-cosine": ["Taste for the items", "how well its items match the shopper's taste, −1 to 1"],
  "purchase-cosine": ["Taste by purchases", "how well its items match all that the shopper bought, −1 to 1"],
  content: ["Like bundles seen", "how much its items are those of bundles that the shopper interacted with"],
  neighbors: [
    "Bought with items seen",
    "how often its items are bought with those that the shopper interacted with lately",
  ],
  "neighbor-shares": [
    "Popular with items seen",
    "the same as shares of the orders with those items, which favour what is popular, logarithm",
  ],
  "holdings-likelihood": [
    "Likely by what is held",
    "how much likelier customers with these holdings have its items than others, logarithm",
  ],
  "level-lift": [
    "Likely by attributes",
    "how much likelier customers with the same attributes take its missing items, logarithm",
  ],
  "popularity-long": ["Popular", "interactions with the bundle and its items over a long time, logarithm"],
  "own-popularity": ["Popular itself", "interactions with the bundle itself, without those with its items, logarithm"],
  "popularity-short": ["Popular lately", "interactions with the bundle and its items over a short time, logarithm"],
  "member-overlap": ["Items seen", "how many of its items the shopper interacted with lately"],
  "own-repeat": ["Bought before", "how often the shopper bought the item of it that they bought least, logarithm"],
  "own-count": ["Bought at any time", "how often the shopper bought its items, however long ago, logarithm"],
  "own-recency": ["Bought lately", "how recently the shopper bought its items: 1 just now, 1/2 after 14 days"],
  "basket-confidence": [
    "Goes with the basket",
    "how often shoppers with this basket also buy the missing items, 0 to 1",
  ],
  "latest-confidence": [
    "Goes with what was added last",
    "how often shoppers with the latest three lines of the basket also buy the missing items, 0 to 1",
  ],
  "basket-share": ["In the basket", "share of its items that are in the basket, 0 to 1"],
  support: ["Bought together", "how often its items are bought together, by its rarest pair, logarithm"],
  "all-confidence": [
    "Belongs together",
    "of the orders with the more popular item of a pair, the share that held the other too; of its loosest pair, 0 to 1",
  ],
  size: ["Number of items", "of how many items it consists, logarithm"],
  "category-affinity": ["Category liked", "share of the shopper's interests in its categories, 0 to 1"],
  "price-distance": [
    "Unusual price",
    "how far its price per unit is from what the shopper usually pays; counts against it",
  ],
  discount: ["Discount", "share of the list price that is saved, 0 to 1"],
  freshness: ["New", "1 for a bundle made just now, 1/2 after 30 days"],
  exposure: ["Offered before", "how often it was offered to the shopper lately; counts against it"],
  trigger: ["Fits what was just done", "share of the triggering items that the bundle contains, 0 to 1"],
  "click-rate": ["Clicked by others", "how often offers of it are clicked, compared with all bundles, logarithm"],
  "conversion-rate": [
    "Bought by others",
    "how often offers of it are bought whole, compared with all bundles, logarithm",
  ],
};

/** What a person calls a signal; one that is not known keeps its name. */
export function signalName(signal) {
  return SIGNALS[signal]?.[0] ?? signal;
}

/** What it means, in a sentence; empty where that is not known. */
export function signalMeaning(signal) {
  return SIGNALS[signal]?.[1] ?? "";
}

const CONDITIONS = {
  completes: (had, named) => `completes what the shopper has: ${had.map(named).join(", ")}`,
  requires: (one, named) => `goes with ${one.map(named).join(" or ")}`,
  age: ([years]) => `for ages ${years}`,
  segment: (one) => `for ${one.join(" or ")}`,
};

/**
 * A reason of an offer in words: the name of a signal, or a condition that is met, such as completes:pan|lid.
 *
 * @param {function(string): string} named title of an item
 */
export function reasonName(reason, named) {
  const [, kind, values] = /^(\w+):(.+)$/s.exec(reason) ?? [];
  return CONDITIONS[kind]?.(values.split("|"), named) ?? signalName(reason);
}

const OBSTACLES = {
  holdout: "the shopper is one of those who get no offers, with whom the others are compared",
  "no-strategy": "no strategy is in force",
  "arm-gone": "the strategy no longer has the shopper's arm",
  "no-candidates": "no bundle comes into question",
  "not-worth-offering": "no bundle is expected to bring more than it costs",
};

const RULES = {
  "not-in-catalogue": "the catalogue does not have it",
  "left-out": "it is in another offer that is still open",
  "no-longer-valid": "it was stopped, or its time has ended",
  "not-yet-valid": "its time has not begun",
  unfillable: "a slot of it lacks items that can be sold",
  unpriced: "it, or an item of it, has no price",
  "mixed-currencies": "its prices are in several currencies",
  "dearer-than-members": "it costs more than its items one by one",
  "below-price-limits": "it costs less than it may",
  "code-saves-more": "the code on the cart saves as much, and the two do not combine",
  "out-of-stock": "it, or an item of it, is sold out",
  "other-segment": "it is meant for other customers",
  held: "the shopper has an item of it already",
  "required-not-held": "it needs an item that the shopper does not have",
  "outside-age": "the shopper's age does not fit, or is not known",
  "outside-price-band": "its price is far from what the shopper usually pays, or outside the limits",
  "offered-too-often": "it was offered to the shopper often enough",
  "in-basket": "all of it is in the basket",
  "substitute-of-basket": "shoppers take an item of it instead of one in the basket",
  "bought-recently": "the shopper bought it lately",
  "bought-once": "the shopper bought an item of it that people hardly ever buy again",
};

/** Why a bundle is not offered, by the code of the rule. */
export function ruleMeaning(code) {
  return RULES[code] ?? `of the rule ${code}`;
}

/** Why nothing at all is offered; the code may be that of the rule that keeps most bundles out. */
export function obstacle(code) {
  return OBSTACLES[code] ?? `most bundles are left out, each because ${ruleMeaning(code)}`;
}

/** Codes of all rules that have words here. */
export const KNOWN_RULES = Object.keys(RULES);

/** Names of all signals that have words here. */
export const KNOWN = Object.keys(SIGNALS);
