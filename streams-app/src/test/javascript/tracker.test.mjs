// What the web tracker sends, without a browser: run by .ci/operations with Node's own test runner.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../main/resources/page/tracker.js", import.meta.url), "utf8");

/** A page that has loaded the tracker; answers come in order, then 202. */
function open({ consent, navigator = {}, answers = [] }) {
  const requests = [];
  const storage = new Map();
  const window = {};
  const timers = [];
  const observing = new Map();
  vm.runInNewContext(SOURCE, {
    window,
    navigator,
    document: { currentScript: { src: "https://kombo.example/tracker.js", dataset: { key: "k", consent } } },
    localStorage: {
      getItem: (name) => storage.get(name) ?? null,
      setItem: (name, value) => storage.set(name, value),
    },
    crypto,
    URL,
    URLSearchParams,
    console: { warn: () => {} },
    setTimeout: (act) => timers.push(setTimeout(act, 0)),
    clearTimeout,
    AbortController,
    IntersectionObserver: class {
      constructor(tell) {
        this.tell = tell;
      }
      observe(element) {
        observing.set(this, () => this.tell([{ isIntersecting: true, target: element }]));
      }
      disconnect() {
        observing.delete(this);
      }
    },
    addEventListener: (_, act) => {
      window.leave = act;
    },
    fetch: async (url, options) => {
      requests.push({ url: new URL(url), events: options?.body ? JSON.parse(options.body) : null });
      const status = answers.shift() ?? 202;
      return { ok: status < 300, status, json: async () => ({ at: 1, offer: { offeredAt: 1, offerId: "o" } }) };
    },
  });
  const show = () => {
    for (const tell of [...observing.values()]) {
      tell();
    }
  };
  return { show, kombo: window.kombo, leave: window.leave, requests, storage };
}

test("nothing is sent or kept before the visitor agrees", async () => {
  const page = open({});
  page.kombo.view("tea");
  assert.equal(await page.kombo.offer("cart"), null);
  await page.leave();
  assert.equal(page.requests.length, 0);
  assert.equal(page.storage.size, 0);
});

test("neither is it where the browser asks not to be tracked, whatever the shop says", async () => {
  for (const navigator of [{ doNotTrack: "1" }, { globalPrivacyControl: true }]) {
    const page = open({ consent: "given", navigator });
    page.kombo.consent(true);
    page.kombo.view("tea");
    await page.leave();
    assert.equal(page.requests.length, 0);
  }
});

test("events of one visit go together, and a visit ends with consent", async () => {
  const page = open({ consent: "given" });
  page.kombo.view("tea");
  page.kombo.cart("tea", 2);
  await page.leave();
  const [{ url, events }] = page.requests;
  assert.equal(url.pathname, "/v1/tracker/events");
  assert.match(url.searchParams.get("session"), /^web-[0-9a-f]{32}$/);
  assert.deepEqual(
    events.map(({ type, itemId, quantity }) => [type, itemId, quantity]),
    [
      ["VIEW", "tea", undefined],
      ["ADD_TO_CART", "tea", 2],
    ],
  );

  page.kombo.view("cup");
  page.kombo.consent(false);
  page.kombo.view("cup");
  await page.leave();
  assert.equal(page.requests.length, 1);

  page.kombo.consent(true);
  page.kombo.view("cup");
  await page.leave();
  assert.notEqual(page.requests[1].url.searchParams.get("session"), url.searchParams.get("session"));
});

test("what was not taken for now is sent again with the same ids, what never will be is not", async () => {
  const page = open({ consent: "given", answers: [503, 429, 408, 202, 400] });
  page.kombo.view("tea");
  await page.leave();
  assert.equal(page.requests.length, 4);
  assert.equal(new Set(page.requests.map(({ events }) => events[0].eventId)).size, 1);

  page.kombo.view("tea");
  await page.leave();
  assert.equal(page.requests.length, 5);
});

test("an offer is asked for, and read once it is made", async () => {
  const page = open({ consent: "given" });
  page.kombo.user("ann", "signed");
  const offer = await page.kombo.offer("cart");
  assert.equal(offer.offerId, "o");
  assert.deepEqual(
    page.requests.map(({ url, events }) => [url.pathname, events?.[0].type, url.searchParams.get("user")]),
    [
      ["/v1/tracker/events", "OFFER_REQUEST", "ann"],
      ["/v1/tracker/offers", undefined, "ann"],
    ],
  );
});

test("an element reports the offer that it shows, and none that it showed before", async () => {
  const page = open({ consent: "given" });
  const element = Object.assign(new EventTarget(), { closest: () => ({ dataset: { bundle: "b" } }) });
  page.kombo.watch(element, { offerId: "first" });
  page.kombo.watch(element, { offerId: "second" });
  page.show();
  page.show();
  element.dispatchEvent(new Event("click"));
  await page.leave();
  assert.deepEqual(
    page.requests[0].events.map(({ type, offerId, bundleId }) => [type, offerId, bundleId]),
    [
      ["OFFER_IMPRESSION", "second", undefined],
      ["OFFER_CLICK", "second", "b"],
    ],
  );
});
