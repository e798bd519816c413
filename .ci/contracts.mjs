// Checks the OpenAPI and the AsyncAPI document by the schemas that these standards publish, and that references lead
// somewhere: contracts.mjs OPENAPI ASYNCAPI
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const [openApi, asyncApi] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));

function check(name, errors) {
  if (errors) {
    console.error(name, JSON.stringify(errors, null, 2));
    process.exitCode = 1;
  }
}

function references(node, root, lost = []) {
  for (const [key, value] of Object.entries(node ?? {})) {
    if (key === "$ref" && value.startsWith("#/")) {
      const found = value
        .slice(2)
        .split("/")
        .reduce((at, part) => at?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")], root);
      if (found === undefined) {
        lost.push(value);
      }
    } else if (typeof value === "object") {
      references(value, root, lost);
    }
  }
  return lost;
}

const validity = await new Validator().validate(openApi);
check("OpenAPI", validity.valid ? null : validity.errors);

const schema = createRequire(import.meta.url)("@asyncapi/specs/schemas/3.0.0-without-$id.json");
const ajv = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
check("AsyncAPI", ajv.validate(schema, asyncApi) ? null : ajv.errors.slice(0, 10));

for (const document of [openApi, asyncApi]) {
  const lost = references(document, document);
  check("references", lost.length > 0 ? lost : null);
}
