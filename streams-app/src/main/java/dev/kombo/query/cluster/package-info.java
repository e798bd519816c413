/**
 * Finds the instance that holds the state for a request and forwards the request to it, or to a standby if it does not
 * answer; gathers a response that needs the state of all instances.
 */
package dev.kombo.query.cluster;
