/**
 * {@code kombo bench}: loads the whole service through Kafka and measures what an event costs. It starts broker,
 * service and a plain Kafka Streams application to compare with as processes, publishes a made-up shop, and reports
 * processor time, records and bytes per event, latency to a committed offer at several paces, processors of an idle
 * service, duration of a start, and how long offers stay away when an instance goes; also of a service that has
 * processed many events. Or it compares most of that in two versions.
 */
package dev.kombo.research.bench;
