/** What an experiment would take to see an effect, and what explains the one that it sees. */

import { h, section, table } from "../dom.js";
import { amount, change, share, whole } from "../format.js";

/** What takes longer, nobody plans. */
const MOST_DAYS = 3650;

/** How many users and days it takes to see effects of some sizes. */
export function planned(total) {
  return total.plan.length === 0
    ? null
    : section(
        "Plan",
        table(
          "What it takes to see an effect",
          [
            { title: "Effect", of: (row) => change(row.effect) },
            {
              title: "Users to be observed",
              numeric: true,
              of: (row) => (row.users === null ? "never" : whole(row.users)),
            },
            {
              title: "Days from now",
              numeric: true,
              of: ({ days }) => (days > MOST_DAYS ? "over ten years" : whole(days)),
            },
          ],
          total.plan,
        ),
        h(
          "p",
          { class: "quiet" },
          "An effect of that size is told from 0 by then in four of five experiments. Before the first users are" +
            " observed, ./kombo plan says the same from past orders.",
        ),
      );
}

/** The effect by part, and the two parts of revenue. */
export function explored(total) {
  if (total.explored.length + total.parts.length === 0) {
    return null;
  }
  const effects = total.explored.filter((effect) => effect.kind !== "NOVELTY");
  return section(
    "What explains it",
    h("p", { class: "quiet" }, "Exploratory: none of this is a verdict."),
    total.explored.filter((effect) => effect.kind === "NOVELTY").map(novelty),
    effects.length === 0
      ? null
      : table(
          "Effect by part",
          [
            { title: "Part", of: partOf },
            { title: "Arm", of: ({ comparison }) => comparison.arm },
            { title: "Against", of: ({ comparison }) => comparison.reference },
            {
              title: "Users",
              numeric: true,
              of: ({ comparison }) => whole(comparison.users + comparison.referenceUsers),
            },
            { title: "Effect", numeric: true, of: ({ comparison }) => effectOf(comparison, "difference", "relative") },
            {
              title: "From",
              numeric: true,
              of: ({ comparison }) => effectOf(comparison, "differenceLow", "relativeLow"),
            },
            {
              title: "To",
              numeric: true,
              of: ({ comparison }) => effectOf(comparison, "differenceHigh", "relativeHigh"),
            },
          ],
          effects,
        ),
    total.parts.length === 0 ? null : parts(total.parts),
  );
}

function partOf({ kind, name }) {
  const days = { DAYS: `Day${name === "1" ? "" : "s"} ${name} after entry`, WEEK: `Entered in the week of ${name}` };
  return days[kind] ?? (name === "newcomers" ? "Newcomers" : "Returning users");
}

/** Relative, or as an amount where the reference's mean is too uncertain. */
function effectOf(comparison, difference, relative) {
  return comparison.relative === null ? money(comparison, difference) : change(comparison[relative]);
}

function money(comparison, field) {
  return comparison.currency === null ? share(comparison[field]) : amount(comparison[field], comparison.currency);
}

function novelty({ comparison }) {
  const found = { WINNING: "grows", LOSING: "fades" }[comparison.verdict];
  const difference = ["difference", "differenceLow", "differenceHigh"].map((field) => money(comparison, field));
  return h(
    "p",
    { class: found === undefined ? null : "problem" },
    `The effect of ${comparison.arm} against ${comparison.reference} ${found ?? "is not known to change"} with time:` +
      ` days 15 to 28 less days 1 to 14, ${difference[0]} per user (${difference[1]} to ${difference[2]}).`,
  );
}

function parts(rows) {
  return table(
    "Revenue of 28 days as users who order times what each of them pays",
    [
      { title: "Arm", of: (row) => row.arm },
      { title: "Ordered", numeric: true, of: (row) => share(row.conversion) },
      { title: "Each paid", numeric: true, of: (row) => amount(row.paidMinor, row.currency) },
      { title: "Against", of: (row) => row.reference },
      { title: "Ordered there", numeric: true, of: (row) => share(row.referenceConversion) },
      { title: "Each paid there", numeric: true, of: (row) => amount(row.referencePaidMinor, row.currency) },
    ],
    rows,
  );
}
