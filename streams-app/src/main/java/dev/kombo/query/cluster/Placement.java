package dev.kombo.query.cluster;

import java.util.List;

/**
 * The instances that have a partition of a store.
 *
 * @param owner has the current copy; null if no owner is known now
 * @param standbys have copies that may be behind
 */
public record Placement(Address owner, List<Address> standbys) {}
