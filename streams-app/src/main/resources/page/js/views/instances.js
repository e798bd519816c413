/** The instances, their tasks, and how far their copies of the stores are. */

import { watch } from "../activity.js";
import { details, facts, h, renew, section, show, table } from "../dom.js";
import { share, whole, words } from "../format.js";

export const title = "Instances";

/** Shows them as they are, again and again. */
export function render(place, _parts, signal) {
  const problem = h("p", { class: "problem", role: "status" });
  const content = h("div", {});
  show(place, problem, content);
  watch((samples, error) => {
    const words = error === null ? "" : `The instance does not answer: ${error.message}`;
    if (problem.textContent !== words) {
      problem.textContent = words;
    }
    if (error === null) {
      renew(content, samples.at(-1).map(instance));
    }
  }, signal);
}

function instance(member) {
  const name = `${member.address ?? "The only instance"}${member.self ? " (answers this page)" : ""}`;
  const { instance: known } = member;
  if (known === null) {
    return section(name, h("p", { class: "problem" }, "It does not answer."));
  }
  const tasks = (kind) => known.threads.flatMap((thread) => thread[kind].map((task) => ({ thread, task })));
  return section(
    name,
    facts([
      [
        "State",
        h(
          "span",
          { class: known.ready ? "tag good" : "tag bad" },
          known.ready ? "ready" : `not ready: ${known.obstacle ?? words(known.state)}`,
        ),
      ],
      ["Lag", known.lag === null ? "not known" : `${whole(known.lag)} records`],
      ["Stream threads", whole(known.threads.length)],
      ["Tasks", `${whole(tasks("active").length)} active, ${whole(tasks("standby").length)} standby`],
    ]),
    restoration(known.stores, name),
    h(
      "div",
      {},
      details(
        `${name} stores`,
        "Stores",
        table(
          `${name}: copies of the stores, the furthest behind first`,
          [
            { title: "Store", of: (store) => store.store },
            { title: "Partition", numeric: true, of: (store) => whole(store.partition) },
            { title: "Records restored", numeric: true, of: (store) => whole(store.position) },
            { title: "Records in all", numeric: true, of: (store) => whole(store.end) },
          ],
          [...known.stores].sort((a, b) => b.end - b.position - (a.end - a.position)),
        ),
      ),
      details(
        `${name} tasks`,
        "Tasks",
        table(
          `${name}: tasks by thread`,
          [
            { title: "Task", of: (row) => row.task.id },
            { title: "Kind", of: (row) => row.kind },
            { title: "Partitions", of: (row) => row.task.partitions.join(", ") },
            {
              title: "Thread",
              of: (row) => `${row.thread.name.split("-").slice(-2).join(" ")}, ${words(row.thread.state)}`,
            },
          ],
          ["active", "standby"].flatMap((kind) => tasks(kind).map((row) => ({ ...row, kind }))),
        ),
      ),
    ),
  );
}

/** How much of all changelogs is in the stores. */
function restoration(stores, name) {
  if (stores.length === 0) {
    return h("p", { class: "quiet" }, "How much of the stores is restored is not known now.");
  }
  const sum = (read) => stores.reduce((all, store) => all + read(store), 0);
  const end = sum((store) => store.end);
  const position = sum((store) => Math.min(store.position, store.end));
  const part = end === 0 ? 1 : position / end;
  const id = `restored-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`;
  return h(
    "div",
    { class: "bar" },
    h("label", { for: id }, "Restored"),
    h("progress", { id, max: "1", value: part.toFixed(4) }),
    h("span", {}, position === end ? "all" : share(Math.min(part, 0.999))),
  );
}
