/**
 * Converts events in the formats of Google Analytics 4, Segment and Snowplow to Kombo's events, with a table of names
 * and locations per format.
 */
package dev.kombo.query.format;
