/**
 * Which instance has what, and how it is asked: a request for a key that another instance owns is passed on to it, to a
 * standby where the owner does not answer, and an answer made of many partitions is gathered from all.
 */
package dev.kombo.query.cluster;
