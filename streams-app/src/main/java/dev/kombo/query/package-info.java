/**
 * HTTP API over what the stores and the catalogue index hold. Answers by interactive queries of this instance; errors are
 * problem documents (RFC 9457).
 */
package dev.kombo.query;
