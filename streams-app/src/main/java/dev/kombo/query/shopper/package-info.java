/** What one shopper does and gets: events in; profile, offers, explanations and previews out. */
package dev.kombo.query.shopper;
