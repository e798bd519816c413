package dev.kombo.query;

/** Offers that were made but not shown, as JSON. */
record SkippedOffersView(long offers) {}
