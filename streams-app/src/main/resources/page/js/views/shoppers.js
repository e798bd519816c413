/** One shopper: what is known, what is offered, and why. */

import { get } from "../api.js";
import { facts, h, link, say, section, show, sortedTable, table } from "../dom.js";
import {
  amountOf,
  combined,
  day,
  decimal,
  money,
  monies,
  rankerName,
  share,
  short,
  time,
  whole,
  words,
} from "../format.js";
import { itemNames, lookUp, meant, named, suggesting } from "../parts.js";
import { obstacle, reasonName, ruleMeaning, signalMeaning, signalName } from "../signals.js";

export const title = "Shoppers";

const SESSION = "session";

/** Asks for an id, or shows the one that the path names; a session is told from a user by the part after. */
export async function render(place, parts, signal) {
  const session = parts.length > 1 && parts.at(-1) === SESSION;
  const id = (session ? parts.slice(0, -1) : parts).join("/");
  const content = h("div", {});
  show(place, search(id, session), content);
  if (id === "") {
    show(
      content,
      h(
        "p",
        { class: "quiet" },
        "The id as events name it: kombo try and the offers of the overview link to some." +
          " Of a customer known by e-mail, kombo customer-key prints it.",
      ),
    );
    return;
  }
  await one(content, id, session, signal);
}

function search(id, session) {
  const flag = h("input", { id: "is-session", type: "checkbox", checked: session });
  return lookUp(
    "shopper",
    "User or session",
    id,
    null,
    (typed) => ["shoppers", typed, ...(flag.checked ? [SESSION] : [])],
    h("span", {}, flag, " ", h("label", { for: "is-session" }, "a visitor's session")),
  );
}

async function one(place, id, session, signal) {
  const [profile, offers] = await Promise.all([
    get(["v1", "users", id, "profile"], { session }, signal),
    get(["v1", "users", id, "offers"], { session }, signal),
  ]);
  const explanation = h("div", { id: "explanation" });
  const explain = (bundleId) => explained(explanation, { id, session, bundleId }, signal);
  show(
    place,
    profile.stale
      ? h(
          "p",
          { class: "problem" },
          "This comes from a copy that may be behind: the instance that owns the shopper does not answer.",
        )
      : null,
    about(profile),
    current(offers, explain),
    section("Why", ask(explain), explanation),
    h("div", { class: "columns" }, bought(profile.bought), held(profile.held)),
    made(profile.offers),
  );
}

function about(profile) {
  return section(
    profile.id,
    facts([
      ["First seen", time(profile.firstSeen)],
      ["Last seen", time(profile.lastSeen)],
      [
        "Experiment",
        profile.enrollment === null
          ? "not assigned"
          : `${profile.enrollment.experiment}, arm ${profile.enrollment.arm}, since ${time(profile.enrollment.enteredAt)}`,
      ],
      ["Spent since first seen", monies(profile.spend)],
      ["Robot", profile.robot ? "yes: nothing is learned from it" : null],
      [
        "Events since first seen",
        Object.entries(profile.events)
          .map(([type, count]) => `${words(type)} ${whole(count)}`)
          .join(", "),
      ],
      ["Interests, by recent weight", interests(profile.categories)],
      [
        "Cart",
        profile.cart.length === 0
          ? "empty"
          : h(
              "ul",
              { class: "inline" },
              profile.cart.map((line) =>
                h("li", {}, `${whole(line.quantity)} × `, link(line.title || line.itemId, "items", line.itemId)),
              ),
            ),
      ],
    ]),
  );
}

function bought(purchases) {
  return section(
    "Bought",
    sortedTable(
      "The latest of them",
      [
        {
          title: "What",
          of: (row) =>
            row.itemId === null ? named("bundles", row.bundleId, row.title) : named("items", row.itemId, row.title),
          by: (row) => row.title || row.itemId,
        },
        { title: "Orders", numeric: true, of: (row) => whole(row.times), by: (row) => row.times },
        { title: "Last", numeric: true, of: (row) => day(row.lastAt), by: (row) => row.lastAt },
      ],
      purchases,
      "Last",
      "Nothing that is in the catalogue.",
    ).place,
  );
}

function held(items) {
  return items.length === 0
    ? null
    : section(
        "Holds",
        h(
          "ul",
          {},
          items.map((item) => h("li", {}, named("items", item.itemId, item.title))),
        ),
      );
}

/** Offers that may still be credited, with what the shopper did with them. */
function made(offers) {
  const answer = ({ clicked, dismissed, bought: whole }) =>
    [whole ? "bought" : null, clicked ? "clicked" : null, dismissed ? "dismissed" : null].filter((one) => one !== null);
  return section(
    "Offers made",
    table(
      "Those that a purchase can still be credited to",
      [
        { title: "Made", of: (row) => time(row.offeredAt) },
        { title: "For", of: (row) => row.placement },
        { title: "Seen", of: (row) => (row.seenAt === null ? "not yet" : time(row.seenAt)) },
        {
          title: "Bundles",
          of: (row) =>
            h(
              "ol",
              { class: "ranks" },
              row.bundles.map((bundle) =>
                h(
                  "li",
                  {},
                  link(bundle.title ?? bundle.bundleId, "bundles", bundle.bundleId),
                  bundle.price === null ? null : ` ${money(bundle.price)}`,
                  answer(bundle).map((text) => [" ", h("span", { class: "tag" }, text)]),
                ),
              ),
            ),
        },
      ],
      offers,
      "None in the last days.",
    ),
  );
}

function interests(categories) {
  const sum = categories.reduce((all, one) => all + one.weight, 0);
  return categories.map((one) => `${one.category} ${share(one.weight / sum)}`).join(", ") || "–";
}

function current(offers, explain) {
  const { offer, preview } = offers;
  if (offer !== null) {
    return section(
      "Open offer",
      h(
        "p",
        {},
        `For ${offer.placement}, made ${time(offer.offeredAt)}, valid until ${time(offer.expiresAt)}, `,
        offers.impressedAt === null ? "not seen yet." : `seen ${time(offers.impressedAt)}.`,
      ),
      positions("The open offer", offer, explain, offers),
    );
  }
  return section(
    "No open offer",
    h(
      "p",
      {},
      preview === null
        ? `Nothing would be offered now: ${obstacle(offers.reason)}.`
        : "This would be offered now. It is not recorded.",
    ),
    preview === null ? null : positions("What would be offered now", preview, explain, offers),
  );
}

/** An open offer is stored with what the shopper did, but without its reasons. */
function positions(caption, offer, explain, { offer: open, dismissed, clicked }) {
  const titleOf = ({ bundleId }) => offer.display.titles[bundleId] ?? bundleId;
  return table(
    caption,
    [
      { title: "Bundle", of: (row) => link(titleOf(row), "bundles", row.bundleId) },
      { title: "Rank", numeric: true, of: (row) => whole(row.rank) },
      {
        title: "Price",
        numeric: true,
        of: (row) => [
          money(amountOf(row, "priceMinor")),
          row.personalPrice ? h("small", {}, "chosen for this shopper: where it is shown, a notice may be due") : null,
          row.combinesWith?.length > 0 ? h("small", {}, `combines with: ${combined(row.combinesWith)}`) : null,
        ],
      },
      { title: "Saving", numeric: true, of: (row) => money(amountOf(row, "savingMinor")) },
      open
        ? {
            title: "Answer",
            of: ({ bundleId }) =>
              dismissed.includes(bundleId) ? "dismissed" : clicked.includes(bundleId) ? "clicked" : "–",
          }
        : {
            title: "Reasons",
            of: ({ reasons }) => reasons.map(({ signal }) => reasonName(signal, itemNames(offer))).join("; ") || "–",
          },
      {
        title: "Why",
        of: (row) =>
          h(
            "button",
            {
              type: "button",
              class: "plain",
              "aria-label": `Why ${titleOf(row)}`,
              on: { click: () => explain(row.bundleId) },
            },
            "Why?",
          ),
      },
    ],
    offer.bundles,
  );
}

function ask(explain) {
  const input = h("input", { id: "bundle", type: "search", required: true, spellcheck: "false", autocomplete: "off" });
  return h(
    "form",
    {
      class: "bar",
      on: {
        submit: (event) => {
          event.preventDefault();
          meant("bundles", input.value.trim())
            .then((id) => (id === null ? say("Several bundles match: choose one of those proposed.") : explain(id)))
            .catch((error) => say(error.message));
        },
      },
    },
    h("label", { for: "bundle" }, "Why is, or is not, this bundle offered (title or id):"),
    suggesting(input, "bundles"),
    h("button", { type: "submit" }, "Explain"),
  );
}

let asked = new AbortController();

/** The latest question is answered, whatever comes first. */
async function explained(place, { id, session, bundleId }, pageSignal) {
  asked.abort();
  asked = new AbortController();
  const signal = AbortSignal.any([pageSignal, asked.signal]);
  try {
    const [why, shown] = await Promise.all([
      get(["v1", "explain"], { user: id, session, bundle: bundleId }, signal),
      get(["v1", "bundles", bundleId], {}, signal).catch(withoutBundle),
    ]);
    show(place, heading(why, shown), why.signals.length === 0 ? null : signals(why));
    place.querySelector("h3").focus();
  } catch (error) {
    if (!signal.aborted) {
      say(error.message);
      show(place, h("p", { class: "problem" }, error.message));
    }
  }
}

/** A bundle that was removed has no title, but may be asked about. */
function withoutBundle(error) {
  if (error.status !== 404) {
    throw error;
  }
  return { bundle: {}, members: [] };
}

function heading(why, { bundle, members }) {
  const name = (id) => members.find(({ itemId }) => itemId === id)?.title || id;
  const reasons = [
    why.offered ? `It would be offered now, at position ${why.position}.` : "It would not be offered now.",
    why.reason === null ? null : `Nothing is offered to this shopper: ${obstacle(why.reason)}.`,
    why.rule === null ? null : `It is left out, because ${ruleMeaning(why.rule)} (rule ${why.rule}).`,
    why.conditions.length === 0
      ? null
      : `Conditions: ${why.conditions.map((one) => reasonName(one, name)).join("; ")}.`,
    `Ranker: ${rankerName(why.ranker).toLowerCase()}.`,
    why.place === null ? null : `By score it is number ${why.place} of ${why.candidates} candidates.`,
    why.nextChoiceProbability === null
      ? null
      : `Probability that the next thing the shopper puts into the cart or buys is in it: ${share(why.nextChoiceProbability)}.`,
  ];
  return [
    h("h3", { tabindex: "-1" }, bundle.title || why.bundleId),
    h("p", {}, reasons.filter((reason) => reason !== null).join(" ")),
  ];
}

/** The largest contributions first; bars go to the right where they speak for it, to the left against it. */
function signals(why) {
  const sorted = [...why.signals].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const largest = Math.abs(sorted[0].contribution) || 1;
  return table(
    "Signals, by what they add to the score (a logit)",
    [
      { title: "Signal", of: (row) => h("span", { title: row.signal }, signalName(row.signal)) },
      { title: "What it is", of: (row) => signalMeaning(row.signal) },
      { title: "Measured", numeric: true, of: (row) => short(row.value) },
      { title: "In standard deviations", numeric: true, of: (row) => decimal(row.standardized, 2) },
      { title: "Adds", numeric: true, of: (row) => decimal(row.contribution, 2) },
      { title: "For or against", of: (row) => bar(row.contribution / largest) },
    ],
    sorted,
  );
}

function bar(part) {
  const side = part < 0 ? "against" : "for";
  return h("meter", { class: side, "aria-label": side, min: "0", max: "1", value: Math.abs(part).toFixed(3) }, side);
}
