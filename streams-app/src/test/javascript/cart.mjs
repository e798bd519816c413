// How an offered bundle gets into the cart of Shopify or WooCommerce: to be copied (topology-docs/carts.md). Item ids are
// the shop system's own: numbers of Shopify's variants, or of WooCommerce's products. An offer has the same shape on the
// page (web tracker) and on the shop's server (webhook, Kafka, query API); the page's only lacks what visitors may not see.

const VARIANT = "gid://shopify/ProductVariant/";
const BUNDLE = "_kombo_bundle";
const OFFER = "_kombo_offer";

/** Shopify, the shop's page: the body of POST /cart/add.js for a bundle of an offer. */
export function shopifyAdd({ offerId }, bundle) {
  return {
    items: bundle.members.map(({ itemId, quantity }) => ({
      id: Number(itemId),
      quantity,
      properties: { [BUNDLE]: bundle.bundleId, [OFFER]: offerId },
    })),
  };
}

/**
 * Shopify, the shop's server: what it keeps of an offer's bundles, by id, in a metafield of the cart transform. A bundle
 * without a price has no discount, and is left out.
 */
export function shopifyBundles({ bundles }, parentVariantId) {
  return Object.fromEntries(
    bundles
      .filter(({ listPriceMinor }) => listPriceMinor > 0)
      .map(({ bundleId, listPriceMinor, savingMinor, members }) => [
        bundleId,
        {
          parentVariantId,
          percentageDecrease: ((100 * savingMinor) / listPriceMinor).toFixed(2),
          members: Object.fromEntries(members.map(({ itemId, quantity }) => [VARIANT + itemId, quantity])),
        },
      ]),
  );
}

/**
 * Shopify, the cart transform function: merges the lines of a bundle into one at the bundle's price. Properties of lines
 * come from the browser, so they only name the bundle: members and discount are those that the shop's server keeps, and
 * lines that do not make a whole bundle stay as they are.
 */
export function shopifyTransform({ cart, cartTransform }) {
  const known = JSON.parse(cartTransform.metafield?.value ?? "{}");
  const lines = new Map();
  for (const line of cart.lines) {
    const id = line.attribute?.value;
    if (Object.hasOwn(known, id ?? "") && line.merchandise.id) {
      lines.set(id, [...(lines.get(id) ?? []), line]);
    }
  }
  return { operations: [...lines].flatMap(([id, found]) => merge(known[id], found)) };
}

function merge({ parentVariantId, percentageDecrease, members }, lines) {
  const parts = Object.entries(members).map(([variant, quantity]) => {
    // The same bundle of two offers has two lines of each variant.
    const found = lines.filter(({ merchandise }) => merchandise.id === variant);
    return { found, quantity, times: Math.floor(found.reduce((sum, line) => sum + line.quantity, 0) / quantity) };
  });
  const times = Math.min(...parts.map((part) => part.times));
  if (times < 1) {
    return [];
  }
  const cartLines = parts.flatMap(({ found, quantity }) => take(found, quantity * times));
  return [{ merge: { cartLines, parentVariantId, price: { percentageDecrease: { value: percentageDecrease } } } }];
}

/** So many of the lines' items, from the first line on. */
function take(lines, quantity) {
  let left = quantity;
  return lines.flatMap((line) => {
    const taken = Math.min(left, line.quantity);
    left -= taken;
    return taken > 0 ? [{ cartLineId: line.id, quantity: taken }] : [];
  });
}

const NOTICES = {
  "US-NY": "THIS PRICE WAS SET BY AN ALGORITHM USING YOUR PERSONAL DATA",
  de: "Der Preis wurde auf der Grundlage einer automatisierten Entscheidungsfindung personalisiert.",
  fr: "Ce prix a été personnalisé sur la base d’une prise de décision automatisée.",
  en: "This price was personalised on the basis of automated decision-making.",
};

/**
 * The notice to show beside the price of an offered bundle; null where it was not chosen for the shopper.
 *
 * @param place US-NY for a shopper in New York, else the page's language
 */
export function priceNotice({ personalPrice }, place) {
  return personalPrice ? (NOTICES[place] ?? NOTICES.en) : null;
}

/**
 * WooCommerce, the shop's server: what it keeps of an offer's bundles, by id: units and price of each product in the
 * bundle. The prices add up to the bundle's. A bundle without a price is left out.
 */
export function wooCommerceBundles({ bundles }) {
  return Object.fromEntries(
    bundles
      .filter(({ listPriceMinor }) => listPriceMinor > 0)
      .map(({ bundleId, members }) => [
        bundleId,
        Object.fromEntries(members.map(({ itemId, quantity, priceMinor }) => [itemId, { quantity, priceMinor }])),
      ]),
  );
}

/** WooCommerce, the shop's page: the body of POST /wp-json/wc/store/v1/batch for a bundle of an offer. */
export function wooCommerceAdd({ offerId }, bundle, nonce) {
  return {
    requests: bundle.members.map(({ itemId, quantity }) => ({
      path: "/wc/store/v1/cart/add-item",
      method: "POST",
      cache: "no-store",
      headers: { Nonce: nonce },
      body: { id: Number(itemId), quantity, kombo_bundle: bundle.bundleId, kombo_offer: offerId },
    })),
  };
}
