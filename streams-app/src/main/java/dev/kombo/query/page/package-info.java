/**
 * Endpoints that web pages call: the tracker in the pages of a shop, which sends events and reads the visitor's offer
 * ({@code /v1/tracker}), and the stream of all offers for the operators' page ({@code /v1/live}).
 */
package dev.kombo.query.page;
