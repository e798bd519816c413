/** The query API as a page to read, from its own OpenAPI document. */

import { get } from "../api.js";
import { h, section, show, table } from "../dom.js";

export const title = "API";

/** Shows all endpoints, by what they are about. */
export async function render(place, _parts, signal) {
  const { paths } = await get(["openapi.json"], {}, signal);
  const areas = new Map();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const area = operation.tags?.[0] ?? "Other";
      areas.set(area, [...(areas.get(area) ?? []), { path, method, operation }]);
    }
  }
  show(
    place,
    h(
      "p",
      {},
      "JSON over HTTP. All answers and bodies are described in the ",
      h("a", { href: "openapi.json" }, "OpenAPI document"),
      ".",
    ),
    [...areas].map(([area, endpoints]) => section(area, listed(area, endpoints))),
  );
}

function listed(area, endpoints) {
  return table(
    `Endpoints: ${area}`,
    [
      { title: "Request", of: ({ path, method }) => h("code", {}, `${method.toUpperCase()} ${path}`) },
      { title: "What it does", of: ({ operation }) => operation.summary },
      { title: "Parameters", of: ({ operation }) => parameters(operation.parameters ?? []) },
      {
        title: "Needs",
        of: ({ operation }) => operation.security?.flatMap((one) => Object.values(one).flat()).join(", "),
      },
    ],
    endpoints,
  );
}

function parameters(all) {
  return all.length === 0
    ? ""
    : h(
        "ul",
        { class: "plain" },
        all.map(({ name, required, description }) =>
          h("li", {}, h("code", {}, name), required ? ": " : " (optional): ", description),
        ),
      );
}
