/**
 * The HTTP server (Jetty): endpoints as data, routing, parameters, tokens, rate limits, TLS, problem documents, and the
 * OpenAPI document. Knows nothing of items, bundles and offers: an {@link Endpoint} describes a path in one place, and
 * server and documents are derived from it.
 */
package dev.kombo.query.http;
