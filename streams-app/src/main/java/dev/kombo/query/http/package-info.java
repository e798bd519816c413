/**
 * How the API is described, guarded and served, without knowing what it is about: an {@link Endpoint} says everything of a
 * path in one place, and the server, the OpenAPI document and the reference page are made from it.
 */
package dev.kombo.query.http;
