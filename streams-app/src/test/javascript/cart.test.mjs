// The mapping of topology-docs/carts.md.
import assert from "node:assert/strict";
import test from "node:test";
import {
  priceNotice,
  shopifyAdd,
  shopifyBundles,
  shopifyTransform,
  wooCommerceAdd,
  wooCommerceBundles,
} from "./cart.mjs";

const BUNDLE = {
  bundleId: "tea-time",
  listPriceMinor: 1500,
  savingMinor: 150,
  members: [
    { itemId: "41", quantity: 2, priceMinor: 810 },
    { itemId: "42", quantity: 1, priceMinor: 540 },
  ],
};
const OFFER = { offerId: "o-1", bundles: [BUNDLE] };
const PARENT = "gid://shopify/ProductVariant/7";

function input(...lines) {
  return {
    cart: {
      lines: lines.map(([id, variant, quantity, bundle]) => ({
        id,
        quantity,
        merchandise: { id: `gid://shopify/ProductVariant/${variant}` },
        attribute: bundle && { value: bundle },
      })),
    },
    cartTransform: { metafield: { value: JSON.stringify(shopifyBundles(OFFER, PARENT)) } },
  };
}

test("a page adds the members with the bundle's name", () => {
  assert.deepEqual(shopifyAdd(OFFER, BUNDLE).items[0], {
    id: 41,
    quantity: 2,
    properties: { _kombo_bundle: "tea-time", _kombo_offer: "o-1" },
  });
  assert.deepEqual(wooCommerceAdd(OFFER, BUNDLE, "n").requests[1], {
    path: "/wc/store/v1/cart/add-item",
    method: "POST",
    cache: "no-store",
    headers: { Nonce: "n" },
    body: { id: 42, quantity: 1, kombo_bundle: "tea-time", kombo_offer: "o-1" },
  });
});

test("whole bundles become one line at the price that the server keeps", () => {
  const cart = input(["a", 41, 5, "tea-time"], ["b", 42, 2, "tea-time"], ["c", 43, 1]);
  assert.deepEqual(shopifyTransform(cart), {
    operations: [
      {
        merge: {
          cartLines: [
            { cartLineId: "a", quantity: 4 },
            { cartLineId: "b", quantity: 2 },
          ],
          parentVariantId: PARENT,
          price: { percentageDecrease: { value: "10.00" } },
        },
      },
    ],
  });
});

test("the same bundle of two offers is merged from the lines of both", () => {
  const cart = input(
    ["a", 41, 1, "tea-time"],
    ["b", 42, 1, "tea-time"],
    ["c", 41, 4, "tea-time"],
    ["d", 42, 1, "tea-time"],
  );
  assert.deepEqual(shopifyTransform(cart).operations[0].merge.cartLines, [
    { cartLineId: "a", quantity: 1 },
    { cartLineId: "c", quantity: 3 },
    { cartLineId: "b", quantity: 1 },
    { cartLineId: "d", quantity: 1 },
  ]);
});

test("a bundle without a price has no discount", () => {
  const unpriced = { ...BUNDLE, bundleId: "unpriced", listPriceMinor: 0, savingMinor: 0 };
  assert.deepEqual(Object.keys(shopifyBundles({ bundles: [unpriced, BUNDLE] }, PARENT)), ["tea-time"]);
  assert.deepEqual(wooCommerceBundles({ bundles: [unpriced, BUNDLE] }), {
    "tea-time": { 41: { quantity: 2, priceMinor: 810 }, 42: { quantity: 1, priceMinor: 540 } },
  });
});

test("a price that was chosen for the shopper has a notice", () => {
  assert.equal(priceNotice(BUNDLE, "de"), null);
  const personal = { ...BUNDLE, personalPrice: true };
  assert.equal(priceNotice(personal, "US-NY"), "THIS PRICE WAS SET BY AN ALGORITHM USING YOUR PERSONAL DATA");
  assert.match(priceNotice(personal, "de"), /personalisiert/);
  assert.match(priceNotice(personal, "nl"), /personalised/);
});

test("what the browser says buys no discount", () => {
  for (const cart of [
    input(["a", 41, 2, "tea-time"]),
    input(["a", 41, 1, "tea-time"], ["b", 42, 1, "tea-time"]),
    input(["a", 99, 2, "tea-time"], ["b", 42, 1, "tea-time"]),
    input(["a", 41, 2, "made-up"], ["b", 42, 1, "made-up"]),
    input(["a", 41, 2, "constructor"]),
    { cart: input(["a", 41, 2, "tea-time"]).cart, cartTransform: { metafield: null } },
  ]) {
    assert.deepEqual(shopifyTransform(cart), { operations: [] });
  }
});
