/**
 * Routes requests between instances: a request for a key that another instance owns is forwarded to it, or to a standby
 * if the owner does not answer, and a response over many partitions is gathered from all instances.
 */
package dev.kombo.query.cluster;
