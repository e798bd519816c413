// Prints the queries of the dashboard as recording rules, a form that promtool checks; Grafana's variables get a value.
import { readFileSync } from "node:fs";

const { panels } = JSON.parse(readFileSync("docker/grafana/dashboards/kombo.json", "utf8"));
const rules = panels
  .flatMap((panel) => panel.targets ?? [])
  .map((target, i) => ({
    record: `panel:query:${i}`,
    expr: target.expr.replaceAll("$__rate_interval", "5m").replaceAll(/\$[a-z]+/g, "any"),
  }));
console.log(JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
