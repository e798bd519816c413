package dev.kombo.query.cluster;

import java.util.List;

/** The instances of the application, as this one knows them. */
public interface Cluster {
    /** This instance; null if it has no address for others: then it answers only from its own stores. */
    Address self();

    /**
     * Returns which instances have a partition.
     *
     * @throws dev.kombo.query.http.ApiException 503 while partitions are being assigned
     */
    Placement place(String store, int partition);

    /** All instances, including this one if it has an address. */
    List<Address> instances();

    /**
     * The instances that have a partition of a store.
     *
     * @param owner has the current copy; null if no owner is known now
     * @param standbys have copies that may be behind
     */
    record Placement(Address owner, List<Address> standbys) {}
}
