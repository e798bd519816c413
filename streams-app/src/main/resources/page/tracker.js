// Tells Kombo what a visitor of the shop does, and asks what to offer. Needs nothing else; see topology-docs/tracker.md.
//
//   <script src="https://kombo.shop.example/tracker.js" data-key="KEY" defer></script>
(() => {
  const { src, dataset } = document.currentScript;
  const server = new URL(src).origin;
  const SESSION = "kombo-session";
  const CONSENT = "kombo-consent";
  const VISIT_MILLIS = 30 * 60 * 1000;
  const GATHER_MILLIS = 200;
  const TRIES = 5;
  const MOST_EVENTS = 100;

  // A page that may not keep anything keeps it for as long as it is open.
  const kept = new Map();
  const stored = (act, otherwise) => {
    try {
      return act(localStorage);
    } catch {
      return otherwise();
    }
  };
  const read = (name) =>
    stored(
      (storage) => storage.getItem(name),
      () => kept.get(name) ?? null,
    );
  const write = (name, value) =>
    stored(
      (storage) => storage.setItem(name, value),
      () => kept.set(name, value),
    );

  const asked = () => (read(CONSENT) ?? dataset.consent) === "given";
  const mayTrack = () => navigator.doNotTrack !== "1" && navigator.globalPrivacyControl !== true && asked();

  const random = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const session = () => {
    const [id, usedAt] = (read(SESSION) ?? "").split(" ");
    const known = id && Date.now() - Number(usedAt) < VISIT_MILLIS ? id : `web-${random()}`;
    write(SESSION, `${known} ${Date.now()}`);
    return known;
  };

  let loggedIn = {};
  const address = (path, more = {}) =>
    `${server}/v1/tracker/${path}?${new URLSearchParams({ key: dataset.key, session: session(), ...loggedIn, ...more })}`;
  const pause = (millis) => new Promise((done) => setTimeout(done, millis));

  // An event has its id from the start: one that arrives twice counts once.
  const send = async (events) => {
    for (let attempt = 0; attempt < TRIES && mayTrack(); attempt++) {
      try {
        const answer = await fetch(address("events"), {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(events),
          keepalive: true,
        });
        if (answer.ok) {
          return await answer.json();
        }
        if (![408, 429, 503].includes(answer.status)) {
          console.warn("Kombo does not take these events:", (await answer.json()).detail);
          return null;
        }
      } catch {
        // No answer: the network may come back.
      }
      await pause(1000 * 2 ** attempt);
    }
    return null;
  };

  let waiting = [];
  let timer;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting.splice(0, MOST_EVENTS);
    if (waiting.length > 0) {
      timer = setTimeout(flush, GATHER_MILLIS);
    }
    return events.length > 0 ? send(events) : Promise.resolve(null);
  };
  const track = (type, fields) => {
    if (mayTrack()) {
      waiting.push({ eventId: random(), type, eventTime: Date.now(), placement: dataset.placement ?? null, ...fields });
      timer ??= setTimeout(flush, GATHER_MILLIS);
    }
  };
  addEventListener("pagehide", flush);

  // Asks for an offer and waits until it is made: null where the visitor gets none.
  const offer = async (placement = dataset.placement ?? "default") => {
    track("OFFER_REQUEST", { placement });
    const taken = await flush();
    let latest = null;
    for (let wait = 100; taken && wait < 3000 && !(latest?.offeredAt >= taken.at); wait *= 2) {
      await pause(wait);
      const answer = await fetch(address("offers", { placement })).catch(() => null);
      latest = answer?.ok ? (await answer.json()).offer : latest;
    }
    return latest;
  };

  const watched = new WeakMap();

  // Reports once that an element which shows an offer was seen, and clicks on what has data-bundle in it. An element
  // that shows another offer reports that one alone.
  const watch = (element, shown) => {
    watched.get(element)?.abort();
    const { signal } = watched.set(element, new AbortController()).get(element);
    const told = { offerId: shown.offerId, placement: shown.placement };
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          observer.disconnect();
          track("OFFER_IMPRESSION", told);
        }
      },
      { threshold: 0.5 },
    );
    observer.observe(element);
    signal.addEventListener("abort", () => observer.disconnect());
    const click = ({ target }) => {
      const bundle = target.closest("[data-bundle]");
      if (bundle) {
        track("OFFER_CLICK", { ...told, bundleId: bundle.dataset.bundle });
      }
    };
    element.addEventListener("click", click, { signal });
  };

  window.kombo = {
    /** The visitor's word: true lets the tracker work, false ends it and forgets the visit. */
    consent(given) {
      if (!given) {
        waiting = [];
        loggedIn = {};
        write(SESSION, "");
      }
      write(CONSENT, given ? "given" : "refused");
    },
    /** Who is logged in, signed by the shop's server; no id where nobody is. */
    user(id, signature) {
      loggedIn = id ? { user: id, signature } : {};
    },
    view: (itemId, more) => track("VIEW", { itemId, ...more }),
    favourite: (itemId, more) => track("FAVOURITE", { itemId, ...more }),
    cart: (itemId, quantity = 1, more = {}) => track("ADD_TO_CART", { itemId, quantity, ...more }),
    uncart: (itemId, quantity = 1) => track("REMOVE_FROM_CART", { itemId, quantity }),
    /** Lines of an order, each with itemId, quantity, unitPriceMinor and currency; off unless the service takes them. */
    purchase: (orderId, lines) => {
      for (const line of lines) {
        track("PURCHASE", { orderId, ...line });
      }
    },
    dismiss: (shown, bundleId) => track("OFFER_DISMISSAL", { offerId: shown.offerId, bundleId }),
    offer,
    watch,
  };
})();
