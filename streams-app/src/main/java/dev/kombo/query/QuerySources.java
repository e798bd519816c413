package dev.kombo.query;

import dev.kombo.catalog.CatalogIndex;

/**
 * Where the API's answers come from.
 *
 * @param health state of the instance
 * @param profiles shoppers
 * @param catalog items and bundles
 * @param reports experiments
 */
public record QuerySources(Health health, Profiles profiles, CatalogIndex catalog, Reports reports) {}
