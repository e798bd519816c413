/**
 * Endpoints of the catalogue: search, read, change and upload items and bundles, and approve or reject mined bundles
 * ({@code /v1/items}, {@code /v1/bundles}, {@code /v1/suggestions}).
 */
package dev.kombo.query.catalog;
