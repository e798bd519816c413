/** What happens now. */

import { lastMinute, quantile, rate, watch } from "../activity.js";
import { get } from "../api.js";
import { sparkline } from "../chart.js";
import { h, link, renew, section, show, table } from "../dom.js";
import { follow } from "../events.js";
import { amountOf, duration, money, monies, share, short, time, whole } from "../format.js";
import { signalMeaning, signalName } from "../signals.js";

export const title = "Overview";

const MOST_OFFERS = 25;
const MOST_DAYS = 1000;
const BROUGHT_MILLIS = 10_000;
const DAY_MILLIS = 86_400_000;
const RANGES = [
  [1, "latest day"],
  [7, "latest 7 days"],
  [30, "latest 30 days"],
  [0, "since the start"],
];

/** The reports of so many days, counted back from the latest there is. */
export function latestDays(reports, days) {
  const latest = Math.max(...reports.map((report) => report.windowStart));
  return reports.filter((report) => report.windowStart > latest - days * DAY_MILLIS);
}

/** Reports of days and experiments added up by arm, amounts by currency. */
export function sums(reports) {
  const arms = new Map();
  for (const report of reports) {
    for (const arm of report.arms) {
      const sum = arms.get(arm.arm) ?? { arm: arm.arm, offers: 0, impressions: 0, conversions: 0, amounts: new Map() };
      sum.offers += arm.offers;
      sum.impressions += arm.impressions;
      sum.conversions += arm.conversions;
      for (const { currency, ...amounts } of arm.amounts) {
        const known = sum.amounts.get(currency) ?? { attributedMinor: 0, savingMinor: 0, revenueMinor: 0 };
        for (const field of Object.keys(known)) {
          known[field] += amounts[field];
        }
        sum.amounts.set(currency, known);
      }
      arms.set(arm.arm, sum);
    }
  }
  const inEach = (sum, field) =>
    [...sum.amounts].map(([currency, amounts]) => ({ amountMinor: amounts[field], currency }));
  return [...arms.values()].map((sum) => ({
    ...sum,
    attributed: inEach(sum, "attributedMinor"),
    saving: inEach(sum, "savingMinor"),
    revenue: inEach(sum, "revenueMinor"),
  }));
}

/** Shows figures and offers as they come. */
export function render(place, _parts, signal) {
  const figures = h("div", { class: "tiles" }, h("p", { class: "quiet" }, "Measuring …"));
  const problems = h("div", { role: "status" });
  show(place, problems, section("Now", figures), brought(signal), offers(signal));
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
      lines.push(`${name} is not ready: ${member.instance.state}, ${whole(member.instance.lag)} records behind.`);
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

const LATENCY = "95 % of those of the last minute were faster";
const read = (activity) => activity.events.accepted + activity.events.duplicate + activity.events.rejected;
const offered = (activity) => activity.offers;

function history(samples, count) {
  return samples.slice(1).map((sample, i) => rate([samples[i], sample], count));
}

function tiles(samples) {
  const latest = samples.at(-1);
  const minute = lastMinute(samples);
  const answering = latest.filter((member) => member.instance !== null).map((member) => member.instance);
  const lag = (sample) => sample.reduce((sum, member) => sum + (member.instance === null ? 0 : member.instance.lag), 0);
  const latency = quantile(minute, (activity) => activity.offerLatency, 0.95);
  const ranking = quantile(minute, (activity) => activity.ranking, 0.95);
  const events = rate(minute, read);
  const refused = rate(minute, (activity) => activity.events.rejected);
  return [
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
    tile("Instances", `${answering.filter((instance) => instance.ready).length} of ${latest.length}`, "ready"),
  ];
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

/** What offers brought in the days chosen: days are those of events, in UTC, and end with the latest there is. */
function brought(signal) {
  const content = h("div", {});
  const range = h(
    "select",
    { id: "range" },
    RANGES.map(([days, text]) => h("option", { value: days }, text)),
  );
  const draw = async () => {
    const days = Number(range.value);
    const { reports } = await get(
      ["v1", "reports", "conversions"],
      days === 0 ? { window: "TOTAL" } : { window: "DAY", limit: MOST_DAYS },
      signal,
    );
    if (!signal.aborted) {
      renew(content, broughtTable(days === 0 ? reports : latestDays(reports, days)));
    }
  };
  const again = () =>
    draw().catch((error) => signal.aborted || show(content, h("p", { class: "problem" }, error.message)));
  range.addEventListener("change", again);
  const timer = setInterval(again, BROUGHT_MILLIS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  again();
  return section(
    "What offers brought",
    h("div", { class: "bar" }, h("label", { for: "range" }, "Period"), range),
    content,
  );
}

function broughtTable(reports) {
  return table(
    "All experiments by arm; attributed: paid for bundles bought through offers, in part or whole",
    [
      { title: "Arm", of: (arm) => arm.arm },
      { title: "Offers made", numeric: true, of: (arm) => whole(arm.offers) },
      { title: "Offers seen", numeric: true, of: (arm) => whole(arm.impressions) },
      { title: "Bundles bought", numeric: true, of: (arm) => whole(arm.conversions) },
      { title: "Attributed", numeric: true, of: (arm) => monies(arm.attributed) },
      { title: "Saving given", numeric: true, of: (arm) => monies(arm.saving) },
      { title: "All revenue of the arm", numeric: true, of: (arm) => monies(arm.revenue) },
    ],
    sums(reports),
  );
}

function offers(signal) {
  const list = h("ol", { class: "offers", tabindex: "0", "aria-label": "Offers, the latest first" });
  const state = h("p", { class: "quiet" }, "Connecting …");
  const pause = h("button", { type: "button", "aria-pressed": "false" }, "Pause");
  let paused = false;
  let missed = 0;
  let obstacle = "";
  const tell = () => {
    const none = list.childElementCount === 0 ? "None since this page was opened." : "";
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
                ` ${signalName(bundle.reasons[0].signal)}`,
              )
            : null,
        ),
      ),
    ),
  );
}
