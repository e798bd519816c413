/** The topics through which other systems talk to Kombo, and the fields of their records, from the AsyncAPI document. */

import { get } from "../api.js";
import { h, link, section, show, table } from "../dom.js";

export const title = "Schemas";

/** Lists the topics, or shows the record that is named. */
export async function render(place, [name], signal) {
  const { channels, components, operations } = await get(["asyncapi.json"], {}, signal);
  const topics = Object.entries(channels).map(([topic, channel]) => {
    const [message] = Object.values(channel.messages);
    const directions = Object.values(operations).filter(({ channel: { $ref } }) => $ref === `#/channels/${topic}`);
    return {
      topic,
      description: channel.description,
      key: message.bindings.kafka.key.description,
      record: message.name,
      direction: directions.map(({ action }) => (action === "receive" ? "written by others" : "written by Kombo")),
    };
  });
  if (name === undefined) {
    show(place, listed(topics));
  } else if (components.schemas[name] === undefined) {
    show(place, h("p", {}, `There is no record ${name}.`), all());
  } else {
    const used = topics.filter(({ record }) => record === name).map(({ topic }) => h("code", {}, topic));
    const [root, ...nested] = definitions(components.schemas[name].schema);
    show(
      place,
      h(
        "p",
        {},
        all(),
        " · Topics: ",
        used.flatMap((topic, i) => (i === 0 ? [topic] : [", ", topic])),
      ),
      shown(root),
      nested.map(shown),
    );
  }
}

function all() {
  return link("All topics", "schemas");
}

function listed(topics) {
  return section(
    "Topics that other systems read or write",
    h(
      "p",
      {},
      "Values are Avro in Confluent's wire format, keys are UTF-8. Topics are listed without the prefix of this installation. The ",
      h("a", { href: "asyncapi.json" }, "AsyncAPI document"),
      " contains the same.",
    ),
    table(
      "Topics and their records",
      [
        { title: "Topic", of: ({ topic }) => h("code", {}, topic) },
        { title: "Record", of: ({ record }) => link(record, "schemas", record) },
        { title: "Key", of: ({ key }) => key },
        { title: "Direction", of: ({ direction }) => direction.join(", ") },
        { title: "What it is for", of: ({ description }) => description },
      ],
      topics,
    ),
  );
}

function shown({ name, doc, fields, symbols }) {
  return section(
    name,
    doc === undefined ? null : h("p", {}, doc),
    symbols === undefined
      ? table(
          `Fields of ${name}`,
          [
            { title: "Field", of: (field) => h("code", {}, field.name) },
            { title: "Type", of: ({ type }) => typeName(type) },
            {
              title: "Default",
              of: (field) => ("default" in field ? h("code", {}, JSON.stringify(field.default)) : ""),
            },
            { title: "Meaning", of: (field) => field.doc ?? "" },
          ],
          fields,
        )
      : h("p", {}, "One of ", h("code", {}, symbols.join(", ")), "."),
  );
}

/** The record and, after it, those defined within, in the order of their use. */
export function definitions(type) {
  if (Array.isArray(type)) {
    return type.flatMap(definitions);
  }
  switch (type.type) {
    case "record":
      return [type, ...type.fields.flatMap((field) => definitions(field.type))];
    case "enum":
      return [type];
    case "array":
      return definitions(type.items);
    case "map":
      return definitions(type.values);
    default:
      return [];
  }
}

/** A type as people write it. */
export function typeName(type) {
  if (Array.isArray(type)) {
    return type.map(typeName).join(" or ");
  }
  switch (type.type) {
    case undefined:
      return type.split(".").at(-1);
    case "array":
      return `array of ${typeName(type.items)}`;
    case "map":
      return `map of ${typeName(type.values)}`;
    default:
      return type.name ?? type.type;
  }
}
