/** What happens now: how fast the instances work, and offers as they are made. */

import { lastMinute, quantile, rate, watch } from "../activity.js";
import { sparkline } from "../chart.js";
import { h, link, section, show } from "../dom.js";
import { follow } from "../events.js";
import { amountOf, duration, money, share, short, time, whole, words } from "../format.js";
import { itemNames } from "../parts.js";
import { reasonName, signalMeaning } from "../signals.js";

const MOST_OFFERS = 25;

/** How fast the instances work, and what is wrong with them. */
export function work(signal) {
  const figures = h("div", {}, h("p", { class: "quiet" }, "Measuring …"));
  const problems = h("div", { role: "status" });
  watch((samples, error) => {
    const found = attention(samples, error);
    // Read aloud when it changes, and not every two seconds.
    if (found.map((one) => one.textContent).join() !== problems.textContent) {
      show(problems, found);
    }
    if (samples.length > 1) {
      show(figures, tiles(samples));
    }
  }, signal);
  return section("Now", problems, figures);
}

function attention(samples, error) {
  const lines = [];
  if (error !== null) {
    lines.push(`The instance does not answer: ${error.message}`);
  }
  for (const member of samples.at(-1) ?? []) {
    const name = member.address ?? "this instance";
    if (member.instance === null) {
      lines.push(`${name} does not answer.`);
    } else if (!member.instance.ready) {
      lines.push(`${name} is not ready: ${member.instance.obstacle ?? words(member.instance.state)}.`);
    }
  }
  return lines.length === 0
    ? []
    : [
        h(
          "ul",
          { class: "problem" },
          lines.map((line) => h("li", {}, line)),
        ),
      ];
}

const LATENCY = "95% of those of the last minute were faster";
const read = (activity) => activity.events.accepted + activity.events.duplicate + activity.events.rejected;
const offered = (activity) => activity.offers;

function history(samples, count) {
  return samples.slice(1).map((sample, i) => rate([samples[i], sample], count));
}

function tiles(samples) {
  const latest = samples.at(-1);
  const minute = lastMinute(samples);
  const ready = latest.filter((member) => member.instance?.ready).length;
  const lag = (sample) => sample.reduce((sum, member) => sum + (member.instance?.lag ?? 0), 0);
  const latency = quantile(minute, (activity) => activity.offerLatency, 0.95);
  const ranking = quantile(minute, (activity) => activity.ranking, 0.95);
  const events = rate(minute, read);
  const refused = rate(minute, (activity) => activity.events.rejected);
  if (events === 0) {
    return h(
      "p",
      {},
      `Nobody did anything in the last minute, so there is nothing to measure. Instances ready: ${whole(ready)} of` +
        ` ${whole(latest.length)}; records not processed yet: ${whole(lag(latest))}.`,
    );
  }
  return h(
    "div",
    { class: "tiles" },
    tile(
      "Events per second",
      short(events),
      `${share(events > 0 ? refused / events : 0)} rejected`,
      history(samples, read),
    ),
    tile(
      "Offers per second",
      short(rate(minute, offered)),
      `${short(rate(minute, (activity) => activity.emptySlates))} per second due but not made`,
      history(samples, offered),
    ),
    tile("Event to offer", duration(latency), latency === Number.POSITIVE_INFINITY ? "old events are read" : LATENCY),
    tile("Ranking", duration(ranking), LATENCY),
    tile("Lag", whole(lag(latest)), "records not processed yet", samples.map(lag)),
    tile("Instances", `${ready} of ${latest.length}`, "ready"),
  );
}

function tile(name, value, remark, values = null) {
  return h(
    "div",
    { class: "tile" },
    h("h3", {}, name),
    h("p", { class: "figure" }, value),
    h("p", { class: "quiet" }, remark),
    values === null ? null : sparkline(values, `${name} in the last four minutes`),
  );
}

/** Offers of all instances as they are made. */
export function offers(signal) {
  const list = h("ol", { class: "offers", tabindex: "0", "aria-label": "Offers, the latest first" });
  const state = h("p", { class: "quiet" }, "Connecting …");
  const pause = h("button", { type: "button", "aria-pressed": "false" }, "Pause");
  let paused = false;
  let missed = 0;
  let obstacle = "";
  const tell = () => {
    const none =
      list.childElementCount === 0
        ? "None since this page was opened. One is made when a customer puts something into the cart or asks for offers."
        : "";
    const words =
      obstacle === "" ? (missed > 0 ? `${whole(missed)} more were not shown.` : none) : `Not connected: ${obstacle}`;
    state.textContent = paused ? "Paused." : words;
  };
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    tell();
  });
  followWhileVisible(
    {
      offer: (offer) => {
        if (paused) {
          return;
        }
        list.prepend(line(offer));
        while (list.childElementCount > MOST_OFFERS) {
          list.lastElementChild.remove();
        }
        tell();
      },
      skipped: ({ offers: count }) => {
        missed += count;
      },
    },
    (_open, reason) => {
      obstacle = reason;
      tell();
    },
    signal,
  );
  return section("Offers as they are made", h("div", { class: "bar" }, pause, state), list);
}

/** An instance has few places for those who listen, and a browser few connections: a page that nobody sees needs none. */
function followWhileVisible(handlers, connection, signal) {
  let seen = new AbortController();
  const listen = () => {
    seen.abort();
    seen = new AbortController();
    if (!document.hidden) {
      follow("/v1/live", handlers, connection, AbortSignal.any([signal, seen.signal]));
    }
  };
  document.addEventListener("visibilitychange", listen, { signal });
  listen();
}

function line(offer) {
  const { userId, sessionId } = offer;
  return h(
    "li",
    {},
    h(
      "p",
      {},
      userId === null ? link(sessionId, "shoppers", sessionId, "session") : link(userId, "shoppers", userId),
      h("span", { class: "tag" }, offer.arm),
      h("span", { class: "tag" }, offer.placement),
      h("time", { class: "quiet", datetime: new Date(offer.offeredAt).toISOString() }, time(offer.offeredAt)),
    ),
    h(
      "ul",
      {},
      offer.bundles.map((bundle) =>
        h(
          "li",
          {},
          link(offer.display.titles[bundle.bundleId] ?? bundle.bundleId, "bundles", bundle.bundleId),
          amountOf(bundle, "priceMinor") === null ? null : ` ${money(amountOf(bundle, "priceMinor"))}`,
          bundle.savingMinor > 0
            ? h("span", { class: "saving" }, ` saves ${money(amountOf(bundle, "savingMinor"))}`)
            : null,
          bundle.reasons.length > 0
            ? h(
                "span",
                { class: "quiet", title: signalMeaning(bundle.reasons[0].signal) },
                ` · ${whyOf(bundle, itemNames(offer))}`,
              )
            : null,
        ),
      ),
    ),
  );
}

/** The strongest reason, and what the offer completes. */
function whyOf({ reasons: [first, ...others] }, named) {
  const completes = others.filter(({ signal }) => signal.startsWith("completes:"));
  return [first, ...completes].map(({ signal }) => reasonName(signal, named)).join("; ");
}
