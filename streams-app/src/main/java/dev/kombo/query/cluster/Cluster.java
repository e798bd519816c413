package dev.kombo.query.cluster;

import dev.kombo.query.http.ApiException;
import java.util.List;

/** The instances of the application, as this one knows them. */
public interface Cluster {
    /** This instance; null if it has no address for others: then it answers only from its own stores. */
    Address self();

    /**
     * Returns which instances have a partition.
     *
     * @throws ApiException 503 while partitions are being assigned
     */
    Placement place(String store, int partition);

    /** All instances, including this one if it has an address. */
    List<Address> instances();
}
