package dev.kombo.query;

import dev.kombo.catalog.CatalogIndex;
import java.util.function.Supplier;

/**
 * Where the API's answers come from.
 *
 * @param health state of the instance
 * @param profiles shoppers
 * @param catalog items and bundles
 * @param reports experiments
 * @param metrics all metrics in the text format of Prometheus
 */
public record QuerySources(
        Health health, Profiles profiles, CatalogIndex catalog, Reports reports, Supplier<String> metrics) {}
