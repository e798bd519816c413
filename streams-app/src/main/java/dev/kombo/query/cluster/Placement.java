package dev.kombo.query.cluster;

import java.util.List;

/**
 * Who has a partition of a store.
 *
 * @param owner whose copy is the current one; null where nobody is known to own it now
 * @param standbys who has copies that may be behind
 */
public record Placement(Address owner, List<Address> standbys) {}
