/** What the endpoints read from and publish to, and the helpers that they share. */
package dev.kombo.query.source;
