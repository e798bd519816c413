/** Which ranker ranks best in the shop, by what shoppers choose. */

import { get } from "../api.js";
import { lineChart } from "../chart.js";
import { h, renew, section, show, table } from "../dom.js";
import { decimal, moment, rankerColour, rankerMeaning, rankerName, share, short, whole } from "../format.js";
import { coloured, poll } from "../parts.js";

export const title = "Ranking";

const OCCASIONS = {
  "empty-basket": "With an empty basket",
  basket: "With something in the basket",
  holdings: "Customers who hold products",
};

/** Shows the contest of rankers and whether predictions come true as they are, again and again. */
export async function render(place, _parts, signal) {
  const content = h("div", {});
  await poll(
    () => Promise.all(["rankers", "predictions"].map((report) => get(["v1", "reports", report], {}, signal))),
    ([{ occasions }, predictions]) => renew(content, occasions.map(occasion), predicted(predictions)),
    signal,
  );
  show(place, h("h2", {}, "What ranks best in your shop"), explanation(), content);
}

function explanation() {
  return h(
    "p",
    {},
    "Several rankers compete. When a shopper puts something in the basket or buys it, Kombo looks where each ranker had put it" +
      " among all candidates, and learns from it only then. The gain of a choice is 1 for the first rank, 0.63 for the second," +
      " 0.5 for the third, and so on down to 0.23 for the twentieth; 0 beyond. Choices of shoppers who were shown an offer" +
      " shortly before do not count, because they favour the ranker that made the offer. Recent choices count more." +
      " Another ranker takes over only when its mean gain is ahead by more than 2.5 standard errors, over at least 50 choices." +
      " Where the trained weights win, arms that value bundles rank by the starting weights, or by holdings.",
  );
}

/** The rankers of an occasion, the best first. */
export function standing(occasion) {
  const { gain } = occasion.rankers.find((row) => row.ranker === occasion.inForce);
  return occasion.rankers
    .map((row) => ({ ...row, inForce: row.ranker === occasion.inForce, difference: row.gain - gain }))
    .sort((a, b) => b.gain - a.gain);
}

/** A difference with its standard error; of the ranker in force there is none. */
export function against(row) {
  if (row.inForce) {
    return "in force";
  }
  return `${row.difference > 0 ? "+" : ""}${decimal(row.difference, 3)} ± ${decimal(row.error, 3)}`;
}

/** A curve per ranker. */
export function curves(occasion) {
  return occasion.rankers.map(({ ranker }, i) => ({
    name: rankerName(ranker),
    colour: rankerColour(ranker),
    points: occasion.history.map((point) => ({ x: point.time, y: point.gains[i], low: null, high: null })),
  }));
}

function occasion(known) {
  const heading = OCCASIONS[known.occasion] ?? known.occasion;
  if (known.choices === 0) {
    return section(
      heading,
      h(
        "p",
        { class: "quiet" },
        `No choice was counted yet. In force until then: ${rankerName(known.inForce).toLowerCase()}.`,
      ),
    );
  }
  return section(
    heading,
    h("p", {}, h("strong", {}, rankerName(known.inForce)), ` in force. Choices counted: ${whole(known.choices)}.`),
    table(
      `${heading}: mean gain of each ranker; difference to the ranker in force ± its standard error`,
      [
        { title: "Ranker", of: ({ ranker }) => coloured(rankerName(ranker), rankerColour(ranker)) },
        { title: "What it is", of: (row) => rankerMeaning(row.ranker) },
        { title: "Gain", numeric: true, of: (row) => decimal(row.gain, 3) },
        {
          title: "Difference",
          numeric: true,
          of: (row) => (row.inForce ? h("strong", {}, against(row)) : against(row)),
        },
        { title: "Gain as a bar", of: bar },
      ],
      standing(known),
    ),
    lineChart({
      title: `${heading}: mean gain of each ranker since this instance started`,
      series: curves(known),
      formatX: moment,
      formatY: short,
      titleX: "Published (UTC)",
      zero: false,
    }),
  );
}

function bar({ ranker, gain }) {
  const label = `gain of ${rankerName(ranker)}`;
  return h(
    "meter",
    { class: "for", "aria-label": label, min: "0", max: "1", value: gain.toFixed(3) },
    decimal(gain, 3),
  );
}

/** Predicted conversion rates of bundles, and how often these were bought. */
function predicted({ deciles, calibrationError }) {
  return section(
    "Are the predictions true?",
    h(
      "p",
      {},
      "Bundles are ranked by how likely they are bought. Kombo compares the rate that it predicted for each bundle that" +
        " was seen with how often such bundles were bought through their offers so far, by tenths of the rates.",
    ),
    deciles.length === 0
      ? h("p", { class: "quiet" }, "Too few bundles were seen yet.")
      : table(
          `Bundles that were seen, by the predicted rate; mean error ${share(calibrationError)}`,
          [
            { title: "Bundles", numeric: true, of: (row) => whole(row.bundles) },
            { title: "Predicted", numeric: true, of: (row) => share(row.predicted) },
            { title: "Bought", numeric: true, of: (row) => share(row.bought) },
          ],
          deciles,
        ),
  );
}
