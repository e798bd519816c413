/** What the signals of the ranker are called, and what each means, for whoever does not know their names. */

const SIGNALS = {
  dot: ["Taste and demand", "how much shoppers of this taste interact with the bundle"],
  cosine: ["Taste", "how well the bundle matches the shopper's taste, -1 to 1"],
  "member-cosine": ["Taste for the items", "how well its items match the shopper's taste, -1 to 1"],
  "purchase-cosine": ["Taste by purchases", "how well its items match all that the shopper bought, -1 to 1"],
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
  completes: (had) => `completes what the shopper has: ${had.join(", ")}`,
  requires: (one) => `goes with ${one.join(" or ")}`,
  age: ([years]) => `for ages ${years}`,
  segment: (one) => `for ${one.join(" or ")}`,
};

/** A reason of an offer in words: the name of a signal, or a condition that is met, such as completes:pan|lid. */
export function reasonName(reason) {
  const [, kind, values] = /^(\w+):(.+)$/s.exec(reason) ?? [];
  return CONDITIONS[kind]?.(values.split("|")) ?? signalName(reason);
}

/** Names of all signals that have words here. */
export const KNOWN = Object.keys(SIGNALS);
