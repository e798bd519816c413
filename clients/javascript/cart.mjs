// How an offered bundle gets into the cart of Shopify, WooCommerce, commercetools or shopware: to be copied
// (topology-docs/carts.md). Item ids are the shop system's own: Shopify's variants, SKUs of commercetools, else products.
// An offer has the same shape on the page (web tracker) and on the shop's server (webhook, Kafka, query API); the page's
// only lacks what visitors may not see.

const VARIANT = "gid://shopify/ProductVariant/";
const BUNDLE = "_kombo_bundle";
const OFFER = "_kombo_offer";
const SWAPS = "_kombo_swaps";
const MOST_CHOICES = 256;

/**
 * A bundle of an offer with another item in the place of a member, at the price that the bundle then has; the prices of
 * the members add up to it. What the offer does not list changes nothing. The list price is not known then: show none.
 * Where this swap and the ones before have no price together, those are taken back.
 *
 * @param replaces the member of the offered bundle
 * @param itemId one of its alternatives, or the member itself to take a swap back
 */
export function swap(bundle, { replaces, itemId }) {
  const { offered = bundle, swaps = {} } = bundle;
  return chosen(offered, { ...swaps, [replaces]: itemId }) ?? chosen(offered, { [replaces]: itemId }) ?? bundle;
}

function chosen(offered, wanted) {
  return swapped(offered, Object.fromEntries(Object.entries(wanted).filter(([from, to]) => from !== to)));
}

/**
 * An offered bundle with some members swapped for others, by id; null where the offer does not allow it. An offer states
 * the price of each swap by itself; several have one together where none of them changes the price.
 */
function swapped(offered, wanted) {
  const swaps = Object.entries(wanted).map(([replaces, itemId]) =>
    offered.alternatives?.find((one) => one.replaces === replaces && one.itemId === itemId),
  );
  const items = offered.members.map(({ itemId }) => (Object.hasOwn(wanted, itemId) ? wanted[itemId] : itemId));
  if (swaps.includes(undefined) || new Set(items).size < items.length) {
    return null;
  }
  if (swaps.length === 0) {
    return offered;
  }
  const [priceMinor, ...others] = swaps.map((one) => one.priceMinor ?? 0);
  if (others.length > 0 && [priceMinor, ...others].some((price) => price !== offered.priceMinor)) {
    return null;
  }
  const prices = split(
    priceMinor,
    offered.members.map((member) => member.priceMinor ?? 0),
  );
  const members = offered.members.map((member, i) => ({ ...member, itemId: items[i], priceMinor: prices[i] }));
  const inOrder = offered.members.flatMap(({ itemId }, i) => (items[i] === itemId ? [] : [[itemId, items[i]]]));
  return {
    ...offered,
    members,
    priceMinor,
    listPriceMinor: null,
    savingMinor: null,
    offered,
    swaps: Object.fromEntries(inOrder),
  };
}

/**
 * The shop's server: attributes by which the PURCHASE of a bundle says what was swapped.
 *
 * @param swaps what the order's property or column for it holds; may be missing
 */
export function swapAttributes(swaps) {
  return Object.fromEntries(Object.entries(JSON.parse(swaps ?? "{}")).map(([from, to]) => [`swap:${from}`, to]));
}

/** Parts of an amount in proportion to weights, as attribution divides what was paid for a bundle. */
function split(amount, weights) {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let seen = 0;
  let given = 0;
  return weights.map((weight) => {
    seen += weight;
    const upTo = whole > 0 ? Math.floor((amount * seen) / whole) : 0;
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

/**
 * For the shop's page: a labelled menu for each member of an offered bundle that the shopper may swap. A swap that has no
 * price beside those before takes them back, in their menus, too.
 *
 * @param titleOf the title of an item, by its id
 * @param changed is told the bundle after each swap
 */
export function swapMenus(bundle, titleOf, changed) {
  let taken = bundle;
  const menus = new Map();
  return bundle.members.flatMap(({ itemId: replaces, slot }) => {
    const others = (bundle.alternatives ?? []).filter((one) => one.replaces === replaces);
    if (others.length === 0) {
      return [];
    }
    const menu = document.createElement("select");
    menu.append(...[replaces, ...others.map(({ itemId }) => itemId)].map((id) => new Option(titleOf(id), id)));
    menu.addEventListener("change", () => {
      taken = swap(taken, { replaces, itemId: menu.value });
      const { swaps = {} } = taken;
      for (const [member, each] of menus) {
        each.value = Object.hasOwn(swaps, member) ? swaps[member] : member;
      }
      changed(taken);
    });
    menus.set(replaces, menu);
    const label = document.createElement("label");
    label.append(`${slot}: `, menu);
    return [label];
  });
}

/** Shopify, the shop's page: the body of POST /cart/add.js for a bundle of an offer, swapped or not. */
export function shopifyAdd({ offerId }, { bundleId, members, swaps }) {
  const properties = { [BUNDLE]: bundleId, [OFFER]: offerId, ...(swaps && { [SWAPS]: JSON.stringify(swaps) }) };
  return { items: members.map(({ itemId, quantity }) => ({ id: Number(itemId), quantity, properties })) };
}

/**
 * Shopify, the shop's server: what it keeps of an offer's bundles, by id, in a metafield of the cart transform. A bundle
 * without a price has no discount, and is left out.
 */
export function shopifyBundles({ bundles }, parentVariantId) {
  return Object.fromEntries(
    bundles
      .filter(({ listPriceMinor }) => listPriceMinor > 0)
      .map((bundle) => ({ ...bundle, ...given(bundle) }))
      .map(({ bundleId, currency, priceMinor, listPriceMinor, savingMinor, members, alternatives = [] }) => [
        bundleId,
        {
          parentVariantId,
          digits: new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits,
          priceMinor,
          listPriceMinor,
          savingMinor,
          members: members.map(({ itemId, quantity }) => ({ itemId, quantity })),
          alternatives: alternatives.map(({ slot, ...one }) => one),
        },
      ]),
  );
}

/** What the cart takes off, and off which list price: more than is shown, where kombo.rule.prior.price shows less. */
function given({ listPriceMinor, savingMinor, discountMinor }) {
  const discount = discountMinor ?? savingMinor;
  return { listPriceMinor: listPriceMinor - savingMinor + discount, savingMinor: discount };
}

/**
 * Shopify, the cart transform function: merges the lines of a bundle into one at the bundle's price. Properties of lines
 * come from the browser, so they only name the bundle and what was swapped: members, alternatives and prices are those
 * that the shop's server keeps, and lines that do not make a whole bundle stay as they are.
 */
export function shopifyTransform({ cart, cartTransform }) {
  const known = JSON.parse(cartTransform.metafield?.value ?? "{}");
  const lines = new Map();
  for (const line of cart.lines) {
    const id = line.attribute?.value;
    if (Object.hasOwn(known, id ?? "") && line.merchandise.id) {
      const key = JSON.stringify([id, line.swaps?.value ?? "{}"]);
      lines.set(key, [...(lines.get(key) ?? []), line]);
    }
  }
  return {
    operations: [...lines.values()].flatMap((found) => {
      const [{ attribute, swaps }] = found;
      return merge(taken(known[attribute.value], swaps?.value), found);
    }),
  };
}

/** A bundle as the shopper took it, by what the browser says; null where the server does not know of such a one. */
function taken(bundle, swaps) {
  try {
    return swapped(bundle, JSON.parse(swaps ?? "{}"));
  } catch {
    return null;
  }
}

function merge(bundle, lines) {
  const parts = (bundle?.members ?? []).map(({ itemId, quantity }) => {
    // The same bundle of two offers has two lines of each variant.
    const found = lines.filter(({ merchandise }) => merchandise.id === VARIANT + itemId);
    return { found, quantity, times: Math.floor(found.reduce((sum, line) => sum + line.quantity, 0) / quantity) };
  });
  const times = parts.length > 0 ? Math.min(...parts.map((part) => part.times)) : 0;
  if (times < 1) {
    return [];
  }
  const cartLines = parts.flatMap(({ found, quantity }) => take(found, quantity * times));
  const value = decrease(bundle, times, cartLines, lines);
  const { parentVariantId } = bundle;
  return value === null ? [] : [{ merge: { cartLines, parentVariantId, price: { percentageDecrease: { value } } } }];
}

/**
 * What is taken off, in per cent; of a swapped bundle, whose list price Kombo does not state, off the shop's own prices,
 * and null where the query does not ask for them.
 */
function decrease({ digits, priceMinor, listPriceMinor, savingMinor }, times, cartLines, lines) {
  if (listPriceMinor) {
    return ((100 * savingMinor) / listPriceMinor).toFixed(2);
  }
  const priceOf = (id) => Number(lines.find((line) => line.id === id).cost?.amountPerQuantity.amount);
  const full = cartLines.reduce((sum, { cartLineId, quantity }) => sum + quantity * priceOf(cartLineId), 0);
  return full > 0 ? Math.max(0, 100 - (100 * times * priceMinor) / (full * 10 ** digits)).toFixed(2) : null;
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
 * WooCommerce, the shop's server: what it keeps of an offer's bundles, by id, and of a swapped one by id and swaps: units
 * and price of each product in the bundle. The prices add up to the bundle's. A bundle without a price is left out.
 */
export function wooCommerceBundles({ bundles }) {
  return Object.fromEntries(
    priced(bundles).map((bundle) => [
      nameOf(bundle),
      Object.fromEntries(bundle.members.map(({ itemId, quantity, priceMinor }) => [itemId, { quantity, priceMinor }])),
    ]),
  );
}

/** The bundles that have a price, each with what a shopper can make of it. */
function priced(bundles) {
  return bundles.filter(({ listPriceMinor }) => listPriceMinor > 0).flatMap(choices);
}

function nameOf({ bundleId, swaps }) {
  return swaps ? `${bundleId} ${JSON.stringify(swaps)}` : bundleId;
}

/** An offered bundle, and what a shopper can make of it by swaps, up to a number that a shop can keep. */
function choices(bundle) {
  const all = [bundle];
  for (const { itemId: replaces } of bundle.members) {
    const others = (bundle.alternatives ?? []).filter((one) => one.replaces === replaces);
    const more = all.flatMap(({ offered = bundle, swaps }) =>
      others.flatMap(({ itemId }) => chosen(offered, { ...swaps, [replaces]: itemId }) ?? []),
    );
    all.push(...more.slice(0, MOST_CHOICES - all.length));
  }
  return all;
}

/** WooCommerce, the shop's page: the body of POST /wp-json/wc/store/v1/batch for a bundle of an offer, swapped or not. */
export function wooCommerceAdd({ offerId }, { bundleId, members, swaps }, nonce) {
  const kombo = { kombo_bundle: bundleId, kombo_offer: offerId, ...(swaps && { kombo_swaps: JSON.stringify(swaps) }) };
  return {
    requests: members.map(({ itemId, quantity }) => ({
      path: "/wc/store/v1/cart/add-item",
      method: "POST",
      cache: "no-store",
      headers: { Nonce: nonce },
      body: { id: Number(itemId), quantity, ...kombo },
    })),
  };
}

/**
 * The lines of a bundle in a system whose lines have a price per unit, in whole minor units. Where the units of a member
 * do not all cost the same, it has two lines. A bundle without a price has none in its lines.
 */
function unitLines(bundle) {
  const { listPriceMinor } = bundle.offered ?? bundle;
  return bundle.members.flatMap(({ itemId, quantity, priceMinor }) => {
    if (!(listPriceMinor > 0)) {
      return [{ itemId, quantity }];
    }
    const unit = Math.floor(priceMinor / quantity);
    const dearer = priceMinor - unit * quantity;
    return [
      { itemId, quantity: quantity - dearer, unitPriceMinor: unit },
      { itemId, quantity: dearer, unitPriceMinor: unit + 1 },
    ].filter((line) => line.quantity > 0);
  });
}

/**
 * commercetools, the shop's server: the body of POST /{projectKey}/carts/{id} for a bundle of an offer that it keeps; null
 * where the offer does not allow it. Only a bundle that combines with codes gets the cart's discounts besides.
 *
 * @param version of the cart
 * @param swaps as the page says them, in JSON; may be missing
 */
export function commercetoolsAdd({ offerId, bundles }, version, bundleId, swaps) {
  const kept = bundles.find((one) => one.bundleId === bundleId);
  const bundle = taken(kept, swaps);
  if (!bundle) {
    return null;
  }
  const money = (centAmount) => ({ currencyCode: bundle.currency, centAmount });
  const priceOf = (quantity, unit) =>
    bundle.combinesWith?.includes("codes")
      ? { externalPrice: money(unit) }
      : { externalTotalPrice: { price: money(unit), totalPrice: money(unit * quantity) } };
  const fields = { bundle: bundleId, offer: offerId, ...(bundle.swaps && { swaps: JSON.stringify(bundle.swaps) }) };
  const actions = unitLines(bundle).map(({ itemId, quantity, unitPriceMinor: unit }) => ({
    action: "addLineItem",
    sku: itemId,
    quantity,
    ...(unit !== undefined && priceOf(quantity, unit)),
    custom: { type: { typeId: "type", key: "kombo" }, fields },
  }));
  return { version, actions };
}

/** shopware, the shop's page: the body of POST /store-api/checkout/cart/line-item, which makes lines of their own. */
export function shopwareAdd({ offerId }, bundle) {
  const { bundleId, swaps } = bundle;
  const payload = {
    kombo_bundle: bundleId,
    kombo_offer: offerId,
    ...(swaps && { kombo_swaps: JSON.stringify(swaps) }),
  };
  return {
    items: unitLines(bundle).map(({ itemId, quantity }) => ({
      type: "product",
      referencedId: itemId,
      quantity,
      payload,
    })),
  };
}

/**
 * shopware, the shop's server: what it keeps of an offer's bundles, and of swapped ones, under the same names as for
 * WooCommerce: the lines that make one, each with its price per unit.
 */
export function shopwareBundles({ bundles }) {
  return Object.fromEntries(priced(bundles).map((bundle) => [nameOf(bundle), unitLines(bundle)]));
}
