package dev.kombo.serde;

import org.apache.avro.Schema;

/**
 * A schema as a registry keeps it.
 *
 * @param subject what the schema describes, such as {@code bundle-offer-value}
 * @param version number within the subject, from 1
 * @param id number within the registry, in front of every record written with the schema
 * @param schema the schema
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
