/**
 * A small HTTP framework that knows nothing of the API's content: an {@link Endpoint} describes a path in one place,
 * and the server, the OpenAPI document and the reference page are derived from it.
 */
package dev.kombo.query.http;
