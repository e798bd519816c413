package dev.kombo.query.cluster;

import dev.kombo.query.http.ApiException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** The instances according to the latest assignment of Kafka Streams. */
public final class StreamsCluster implements Cluster {
    private static final String NO_KEY = "";

    private final KafkaStreams streams;
    private final Address self;

    /**
     * @param applicationServer this instance's {@code application.server}, host:port; null or empty: none
     */
    public StreamsCluster(KafkaStreams streams, String applicationServer) {
        this.streams = streams;
        this.self = applicationServer == null || applicationServer.isEmpty()
                ? null
                : address(HostInfo.buildFromEndpoint(applicationServer));
    }

    @Override
    public Address self() {
        return self;
    }

    // A lambda can only implement the method that Kafka is about to replace.
    @SuppressWarnings("removal")
    @Override
    public Cluster.Placement place(String store, int partition) {
        KeyQueryMetadata found;
        try {
            // Only the partition matters, so one query serves keys of all kinds.
            found = streams.queryMetadataForKey(
                    store, NO_KEY, (topic, key, value, partitions) -> Optional.of(Set.of(partition)));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw unassigned(store, partition, e.getMessage());
        }
        if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw unassigned(store, partition, "the partitions are being assigned");
        }
        Address owner = found.activeHost().equals(HostInfo.unavailable()) ? null : address(found.activeHost());
        return new Cluster.Placement(owner, addresses(found.standbyHosts()));
    }

    private static ApiException unassigned(String store, int partition, String reason) {
        return ApiException.unavailable(
                "state-unavailable", "partition " + partition + " of " + store + " is not available now: " + reason);
    }

    @Override
    public List<Address> instances() {
        List<HostInfo> hosts = new ArrayList<>();
        try {
            for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
                hosts.add(instance.hostInfo());
            }
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // Not running: no other instance is known.
            hosts.clear();
        }
        List<Address> instances = new ArrayList<>(addresses(hosts));
        if (self != null && !instances.contains(self)) {
            instances.add(0, self);
        }
        return instances;
    }

    private static List<Address> addresses(Collection<HostInfo> hosts) {
        return hosts.stream()
                .filter(host -> !host.equals(HostInfo.unavailable()))
                .map(StreamsCluster::address)
                .sorted(Comparator.comparing(Address::host).thenComparingInt(Address::port))
                .toList();
    }

    private static Address address(HostInfo host) {
        return new Address(host.host(), host.port());
    }
}
