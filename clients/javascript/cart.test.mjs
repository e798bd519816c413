// The mapping of topology-docs/carts.md.
import assert from "node:assert/strict";
import test from "node:test";
import {
  commercetoolsAdd,
  priceNotice,
  shopifyAdd,
  shopifyBundles,
  shopifyTransform,
  shopwareAdd,
  shopwareBundles,
  swap,
  swapAttributes,
  swapMenus,
  wooCommerceAdd,
  wooCommerceBundles,
} from "./cart.mjs";

const BUNDLE = {
  bundleId: "tea-time",
  currency: "GBP",
  priceMinor: 1350,
  listPriceMinor: 1500,
  savingMinor: 150,
  members: [
    { itemId: "41", quantity: 2, priceMinor: 810 },
    { itemId: "42", quantity: 1, priceMinor: 540 },
  ],
};
const OFFER = { offerId: "o-1", bundles: [BUNDLE] };
/** Two cups and a jam to choose, and a pot in each: at 15.00, a tenth below what they cost one by one. */
const CHOICE = {
  bundleId: "choice",
  currency: "GBP",
  priceMinor: 1500,
  listPriceMinor: 1700,
  savingMinor: 200,
  members: [
    { itemId: "50", quantity: 1, priceMinor: 700, slot: null },
    { itemId: "51", quantity: 2, priceMinor: 500, slot: "cup" },
    { itemId: "52", quantity: 1, priceMinor: 300, slot: "jam" },
  ],
  alternatives: [
    { slot: "cup", itemId: "61", replaces: "51", priceMinor: 1701 },
    { slot: "cup", itemId: "71", replaces: "51", priceMinor: 1500 },
    { slot: "jam", itemId: "62", replaces: "52", priceMinor: 1450 },
  ],
};
const PARENT = "gid://shopify/ProductVariant/7";

function input(...lines) {
  return {
    cart: {
      lines: lines.map(([id, variant, quantity, bundle, swaps, cost]) => ({
        id,
        quantity,
        merchandise: { id: `gid://shopify/ProductVariant/${variant}` },
        attribute: bundle && { value: bundle },
        swaps: swaps && { value: swaps },
        cost: cost && { amountPerQuantity: { amount: cost } },
      })),
    },
    cartTransform: { metafield: { value: JSON.stringify(shopifyBundles({ bundles: [BUNDLE, CHOICE] }, PARENT)) } },
  };
}

test("a swap has the price of its alternative, split as attribution splits it", () => {
  const dearer = swap(CHOICE, { replaces: "51", itemId: "61" });
  assert.deepEqual(
    dearer.members.map(({ itemId, quantity, priceMinor, slot }) => [itemId, quantity, priceMinor, slot]),
    [
      ["50", 1, 793, null],
      ["61", 2, 567, "cup"],
      ["52", 1, 341, "jam"],
    ],
  );
  assert.equal(dearer.priceMinor, 1701);
  assert.equal(dearer.listPriceMinor, null);

  assert.equal(swap(dearer, { replaces: "51", itemId: "51" }), CHOICE);
  const { _kombo_swaps } = shopifyAdd(OFFER, dearer).items[0].properties;
  assert.deepEqual([swapAttributes(_kombo_swaps), swapAttributes()], [{ "swap:51": "61" }, {}]);
});

test("several swaps have a price together only where none changes it", () => {
  const dearer = swap(CHOICE, { replaces: "51", itemId: "61" });
  const cheaper = swap(dearer, { replaces: "52", itemId: "62" });
  assert.deepEqual([cheaper.swaps, cheaper.priceMinor], [{ 52: "62" }, 1450]);
  assert.deepEqual(swap(cheaper, { replaces: "51", itemId: "71" }).swaps, { 51: "71" });

  const fixed = { ...CHOICE, alternatives: CHOICE.alternatives.map((one) => ({ ...one, priceMinor: 1500 })) };
  const both = swap(swap(fixed, { replaces: "52", itemId: "62" }), { replaces: "51", itemId: "61" });
  assert.equal(both.priceMinor, 1500);
  assert.equal(
    both.members.reduce((sum, { priceMinor }) => sum + priceMinor, 0),
    1500,
  );
  assert.deepEqual(both.swaps, { 51: "61", 52: "62" });
  assert.equal(swap(swap(both, { replaces: "51", itemId: "51" }), { replaces: "52", itemId: "52" }), fixed);
});

test("any item of a slot is swapped, but two of it not for the same one", () => {
  const white = (replaces, priceMinor) => ({ slot: "mugs", itemId: "white", replaces, priceMinor });
  const mugs = {
    ...CHOICE,
    members: ["red", "green", "blue"].map((itemId) => ({ itemId, quantity: 1, priceMinor: 500, slot: "mugs" })),
    alternatives: [white("blue", 1500), white("green", 1500), white("red", 1400)],
  };
  const first = swap(mugs, { replaces: "red", itemId: "white" });
  assert.deepEqual([first.members.map(({ itemId }) => itemId), first.priceMinor], [["white", "green", "blue"], 1400]);
  const second = swap(first, { replaces: "green", itemId: "white" });
  assert.deepEqual([second.members.map(({ itemId }) => itemId), second.priceMinor], [["red", "white", "blue"], 1500]);
});

test("what an offer does not list is not swapped", () => {
  for (const unknown of [
    { replaces: "50", itemId: "61" },
    { replaces: "51", itemId: "62" },
    { replaces: "constructor", itemId: "61" },
  ]) {
    assert.equal(swap(CHOICE, unknown), CHOICE);
  }
  assert.equal(swap(BUNDLE, { replaces: "41", itemId: "61" }), BUNDLE);
  const same = { slot: "jam", itemId: "61", replaces: "52", priceMinor: 1500 };
  const twice = swap({ ...CHOICE, alternatives: [...CHOICE.alternatives, same] }, { replaces: "51", itemId: "61" });
  assert.deepEqual(swap(twice, { replaces: "52", itemId: "61" }).swaps, { 52: "61" });
});

test("an unpriced bundle stays unpriced when it is swapped", () => {
  const unpriced = {
    ...CHOICE,
    priceMinor: 0,
    members: CHOICE.members.map((member) => ({ ...member, priceMinor: null })),
    alternatives: CHOICE.alternatives.map((one) => ({ ...one, priceMinor: null })),
  };
  assert.equal(swap(unpriced, { replaces: "51", itemId: "61" }).priceMinor, 0);
});

test("a page has a menu for each member that may be swapped", () => {
  class Element extends EventTarget {
    children = [];
    append(...more) {
      this.children.push(...more);
    }
  }
  globalThis.document = { createElement: () => new Element() };
  globalThis.Option = function (text, value) {
    Object.assign(this, { text, value });
  };
  const told = [];
  const menus = swapMenus(
    CHOICE,
    (id) => `item ${id}`,
    ({ priceMinor }) => told.push(priceMinor),
  );
  assert.deepEqual(
    menus.map(({ children: [slot, menu] }) => [slot, menu.children.map(({ text }) => text)]),
    [
      ["cup: ", ["item 51", "item 61", "item 71"]],
      ["jam: ", ["item 52", "item 62"]],
    ],
  );
  for (const [m, value] of [
    [0, "61"],
    [1, "62"],
    [0, "51"],
  ]) {
    const menu = menus[m].children[1];
    menu.value = value;
    menu.dispatchEvent(new Event("change"));
  }
  assert.deepEqual(told, [1701, 1450, 1450]);
  assert.deepEqual(
    menus.map(({ children: [, menu] }) => menu.value),
    ["51", "62"],
  );
});

test("a swapped bundle is merged at its price, off what the shop's items cost", () => {
  const taken = swap(CHOICE, { replaces: "51", itemId: "61" });
  const { properties } = shopifyAdd(OFFER, taken).items[1];
  assert.deepEqual(properties, { _kombo_bundle: "choice", _kombo_offer: "o-1", _kombo_swaps: '{"51":"61"}' });
  const swaps = properties._kombo_swaps;
  const cart = input(
    ["a", 50, 2, "choice", swaps, "8.00"],
    ["b", 61, 4, "choice", swaps, "5.00"],
    ["c", 52, 2, "choice", swaps, "2.00"],
    ["d", 50, 1, "choice"],
    ["e", 51, 2, "choice"],
    ["f", 52, 1, "choice"],
  );
  const [as61, asOffered] = shopifyTransform(cart).operations;
  assert.deepEqual(
    as61.merge.cartLines.map(({ cartLineId, quantity }) => [cartLineId, quantity]),
    [
      ["a", 2],
      ["b", 4],
      ["c", 2],
    ],
  );
  // 17.01 instead of 20.00, and 15.00 instead of 17.00.
  assert.equal(as61.merge.price.percentageDecrease.value, "14.95");
  assert.equal(asOffered.merge.price.percentageDecrease.value, "11.76");
});

test("a shop that sets prices of lines has those of each choice", () => {
  const kept = wooCommerceBundles({ bundles: [CHOICE] });
  assert.deepEqual(Object.keys(kept), ["choice", 'choice {"51":"61"}', 'choice {"51":"71"}', 'choice {"52":"62"}']);
  const taken = swap(CHOICE, { replaces: "51", itemId: "61" });
  const { body } = wooCommerceAdd(OFFER, taken, "n").requests[1];
  assert.deepEqual(body, {
    id: 61,
    quantity: 2,
    kombo_bundle: "choice",
    kombo_offer: "o-1",
    kombo_swaps: '{"51":"61"}',
  });
  assert.deepEqual(kept[`${body.kombo_bundle} ${body.kombo_swaps}`][61], { quantity: 2, priceMinor: 567 });
  const eight = {
    ...CHOICE,
    members: Array.from({ length: 8 }, (_, i) => ({ itemId: `m${i}`, quantity: 1, priceMinor: 10, slot: `s${i}` })),
    alternatives: Array.from({ length: 24 }, (_, i) => ({ itemId: `a${i}`, replaces: `m${i % 8}`, priceMinor: 1500 })),
  };
  assert.equal(Object.keys(wooCommerceBundles({ bundles: [eight] })).length, 256);
});

test("lines of units add up to the bundle's price, swapped or not", () => {
  // Two cups at 5.67 are 2.83 and 2.84.
  assert.deepEqual(shopwareBundles({ bundles: [CHOICE] })['choice {"51":"61"}'], [
    { itemId: "50", quantity: 1, unitPriceMinor: 793 },
    { itemId: "61", quantity: 1, unitPriceMinor: 283 },
    { itemId: "61", quantity: 1, unitPriceMinor: 284 },
    { itemId: "52", quantity: 1, unitPriceMinor: 341 },
  ]);
  let seed = 1;
  const draw = (most) => {
    seed = (seed * 48271) % 2147483647;
    return seed % most;
  };
  for (let i = 0; i < 2_000; i++) {
    const members = ["a", "b", "c"].map((itemId) => ({ itemId, quantity: 1 + draw(9), priceMinor: draw(3_000) }));
    const priceMinor = members.reduce((sum, member) => sum + member.priceMinor, 0);
    const lines = shopwareBundles({ bundles: [{ bundleId: "any", priceMinor, listPriceMinor: 9_000, members }] }).any;
    assert.equal(
      lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0),
      priceMinor,
    );
    for (const { itemId, quantity } of members) {
      const own = lines.filter((line) => line.itemId === itemId);
      assert.equal(
        own.reduce((sum, line) => sum + line.quantity, 0),
        quantity,
      );
      assert.ok(own.every((line) => line.quantity > 0 && Number.isInteger(line.unitPriceMinor)));
    }
  }
});

test("shopware's page adds the lines that its server keeps a price for", () => {
  const taken = swap(CHOICE, { replaces: "51", itemId: "61" });
  const { items } = shopwareAdd(OFFER, taken);
  const payload = { kombo_bundle: "choice", kombo_offer: "o-1", kombo_swaps: '{"51":"61"}' };
  assert.deepEqual(items[0], { type: "product", referencedId: "50", quantity: 1, payload });
  assert.deepEqual(
    items.map(({ referencedId, quantity }) => [referencedId, quantity]),
    shopwareBundles({ bundles: [CHOICE] })[`choice ${payload.kombo_swaps}`].map((one) => [one.itemId, one.quantity]),
  );
  assert.deepEqual(shopwareAdd(OFFER, BUNDLE).items[1].payload, { kombo_bundle: "tea-time", kombo_offer: "o-1" });
});

test("commercetools adds the members at their prices, and other discounts only where they combine", () => {
  const offer = { offerId: "o-1", bundles: [BUNDLE, { ...CHOICE, combinesWith: ["bundles", "codes"] }] };
  const gbp = (centAmount) => ({ currencyCode: "GBP", centAmount });
  const custom = (fields) => ({ type: { typeId: "type", key: "kombo" }, fields });
  assert.deepEqual(commercetoolsAdd(offer, 7, "tea-time"), {
    version: 7,
    actions: [
      {
        action: "addLineItem",
        sku: "41",
        quantity: 2,
        externalTotalPrice: { price: gbp(405), totalPrice: gbp(810) },
        custom: custom({ bundle: "tea-time", offer: "o-1" }),
      },
      {
        action: "addLineItem",
        sku: "42",
        quantity: 1,
        externalTotalPrice: { price: gbp(540), totalPrice: gbp(540) },
        custom: custom({ bundle: "tea-time", offer: "o-1" }),
      },
    ],
  });
  const { actions } = commercetoolsAdd(offer, 7, "choice", '{"51":"61"}');
  assert.deepEqual(
    actions.map(({ sku, quantity, externalPrice }) => [sku, quantity, externalPrice]),
    [
      ["50", 1, gbp(793)],
      ["61", 1, gbp(283)],
      ["61", 1, gbp(284)],
      ["52", 1, gbp(341)],
    ],
  );
  assert.deepEqual(actions[3].custom, custom({ bundle: "choice", offer: "o-1", swaps: '{"51":"61"}' }));
  for (const [bundleId, swaps] of [["made-up"], ["tea-time", '{"41":"61"}'], ["choice", "{"], ["choice", "null"]]) {
    assert.equal(commercetoolsAdd(offer, 7, bundleId, swaps), null);
  }
});

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

test("the cart takes off what is given where less is told", () => {
  const [bundle] = OFFER.bundles;
  const told = { ...bundle, listPriceMinor: 1400, savingMinor: 50, discountMinor: 150 };
  const kept = shopifyBundles({ bundles: [told] }, PARENT);
  assert.deepEqual(kept, shopifyBundles({ bundles: [bundle] }, PARENT));
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
  const members = CHOICE.members.map((member) => ({ ...member, priceMinor: null }));
  const choice = { ...CHOICE, currency: "XXX", priceMinor: 0, listPriceMinor: 0, savingMinor: 0, members };
  assert.deepEqual(shopwareBundles({ bundles: [choice] }), {});
  for (const swaps of ["{}", '{"51":"61"}']) {
    const { actions } = commercetoolsAdd({ offerId: "o-1", bundles: [choice] }, 7, "choice", swaps);
    assert.equal(actions.length, 3);
    assert.ok(actions.every((action) => !("externalPrice" in action || "externalTotalPrice" in action)));
  }
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
    ...['{"51":"99"}', '{"50":"61"}', "null", "{", '{"__proto__":"61"}'].map((swaps) =>
      input(
        ["a", 50, 1, "choice", swaps, "8.00"],
        ["b", 61, 2, "choice", swaps, "5.00"],
        ["c", 52, 1, "choice", swaps, "2.00"],
      ),
    ),
    input(
      ["a", 50, 1, "choice", '{"51":"61","52":"62"}', "8.00"],
      ["b", 61, 2, "choice", '{"51":"61","52":"62"}', "5.00"],
      ["c", 62, 1, "choice", '{"51":"61","52":"62"}', "2.00"],
    ),
    input(
      ["a", 50, 1, "choice", '{"51":"61"}'],
      ["b", 61, 2, "choice", '{"51":"61"}'],
      ["c", 52, 1, "choice", '{"51":"61"}'],
    ),
    { cart: input(["a", 41, 2, "tea-time"]).cart, cartTransform: { metafield: null } },
  ]) {
    assert.deepEqual(shopifyTransform(cart), { operations: [] });
  }
});
