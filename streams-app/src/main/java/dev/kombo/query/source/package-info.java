/**
 * What all endpoints stand on: access to this instance's stores, models and producer, the parsing of JSON bodies, and
 * JSON views that several endpoints share.
 */
package dev.kombo.query.source;
