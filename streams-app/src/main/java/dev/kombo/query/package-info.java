/**
 * Starts the HTTP API and lists its endpoints. The endpoints are in the packages below, by what they are about; here
 * are only those for operators: health, metrics, instances, topology. Errors are problem documents (RFC 9457).
 */
package dev.kombo.query;
