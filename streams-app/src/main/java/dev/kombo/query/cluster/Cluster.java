package dev.kombo.query.cluster;

import dev.kombo.query.http.ApiException;
import java.util.List;

/** The instances of an application, as this one knows them. */
public interface Cluster {
    /** This instance; null where it has no address for others: then it answers for what it has itself. */
    Address self();

    /**
     * Who has a partition.
     *
     * @throws ApiException 503 while partitions are being assigned
     */
    Placement place(String store, int partition);

    /** All instances, this one included where it has an address. */
    List<Address> instances();
}
