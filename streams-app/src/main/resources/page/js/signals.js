/** What the signals of the ranker are called, and what each means, for whoever does not know their names. */

const SIGNALS = {
  dot: ["Taste and demand", "how much shoppers of this taste touch the bundle"],
  cosine: ["Taste", "whether the bundle points where the shopper's taste does, from -1 to 1"],
  "member-cosine": ["Taste for the items", "the same of the mean direction of its items"],
  content: ["Like bundles touched", "how much its items are those of bundles that the shopper touched"],
  neighbors: ["Bought with items touched", "how much its items are bought with those that the shopper touched lately"],
  "popularity-long": ["Popular", "touches of the bundle and its items over a long time, logarithm"],
  "own-popularity": ["Popular itself", "touches of the bundle itself, without those of its items, logarithm"],
  "popularity-short": ["Popular lately", "touches of the bundle and its items over a short time, logarithm"],
  "member-overlap": ["Items touched", "how many of its items the shopper touched lately"],
  "own-repeat": ["Bought before", "how often the shopper bought the item of it that they bought least, logarithm"],
  "own-recency": ["Bought lately", "how lately the shopper bought its items: 1 just now, 1/2 after 14 days"],
  "basket-confidence": [
    "Goes with the basket",
    "how surely the basket is bought with the items of it that are missing, 0 to 1",
  ],
  "basket-share": ["In the basket", "share of its items that are in the basket, 0 to 1"],
  support: ["Bought together", "how often the pair of its items that is seldomest bought together is, logarithm"],
  "category-affinity": ["Category liked", "share of the shopper's interest that goes to its categories, 0 to 1"],
  "price-distance": [
    "Unusual price",
    "how far its price per unit is from what the shopper usually pays; counts against it",
  ],
  discount: ["Discount", "share of the list price that is saved, 0 to 1"],
  freshness: ["New", "1 for a bundle made just now, 1/2 after 30 days"],
  exposure: ["Offered before", "how often it was offered to the shopper lately; counts against it"],
  trigger: ["Fits what was just done", "share of what triggered the offer that is in the bundle"],
  "click-rate": ["Clicked by others", "how often offers of it are clicked against those of all bundles, logarithm"],
  "conversion-rate": [
    "Bought by others",
    "how often offers of it are bought whole against those of all bundles, logarithm",
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

/** Names of all signals that have words here. */
export const KNOWN = Object.keys(SIGNALS);
