/**
 * Endpoints that report what arms and bundles earned and how well rankers predict, and the strategy with its
 * discount budgets ({@code /v1/reports}, {@code /v1/strategy}).
 */
package dev.kombo.query.report;
