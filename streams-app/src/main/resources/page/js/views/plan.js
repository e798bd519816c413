/** What an experiment would take to see an effect. */

import { h, section, table } from "../dom.js";
import { change, whole } from "../format.js";

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
