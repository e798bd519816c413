/**
 * Endpoints about one shopper: accept events, and show the profile, the open offer, a preview and why a bundle is or is
 * not offered ({@code /v1/events}, {@code /v1/users}, {@code /v1/explain}).
 */
package dev.kombo.query.shopper;
