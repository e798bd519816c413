/**
 * The HTTP API: reads this instance's stores and indexes by interactive queries, and publishes events and changes.
 * Errors are problem documents (RFC 9457). This package starts the API and lists its endpoints.
 */
package dev.kombo.query;
