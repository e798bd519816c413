package dev.kombo.topology.report;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.schema.BundleReport;
import dev.kombo.serde.AccountMapper;
import dev.kombo.topology.common.AccountKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The most offered bundles of each arm. Counts never fall, so only a bundle whose count changed can enter the list: an
 * arm's accounts are read once, and from then on only changes are considered. Not thread-safe; used by the stream
 * thread that owns the partition.
 */
final class BusiestBundles {
    private static final int MOST = 100;

    private final KeyValueStore<String, BundleReport> bundles;
    private final Map<String, Map<String, BundleAccount>> byArm = new HashMap<>();

    BusiestBundles(KeyValueStore<String, BundleReport> bundles) {
        this.bundles = bundles;
    }

    /** Clears the lists, which are then read from the store again. */
    void forget() {
        byArm.clear();
    }

    /** Records changed accounts of an arm. */
    void changed(String arm, Map<String, BundleAccount> accounts) {
        Map<String, BundleAccount> known = byArm.get(arm);
        if (known != null) {
            known.putAll(accounts);
        }
    }

    /** Returns the most offered bundles of an arm, in order, as published. */
    List<BundleReport> of(String experiment, String arm) {
        Map<String, BundleAccount> known = byArm.computeIfAbsent(AccountKeys.bundlesOf(experiment, arm), this::read);
        List<BundleAccount> sorted = new ArrayList<>(known.values());
        sorted.sort(BundleAccount.BUSIEST);
        if (sorted.size() > MOST) {
            sorted.subList(MOST, sorted.size()).clear();
            known.values().retainAll(new HashSet<>(sorted));
        }
        return sorted.stream().map(AccountMapper::toAvro).toList();
    }

    private Map<String, BundleAccount> read(String prefix) {
        Map<String, BundleAccount> all = new HashMap<>();
        try (KeyValueIterator<String, BundleReport> stored = bundles.range(prefix, AccountKeys.after(prefix))) {
            while (stored.hasNext()) {
                BundleAccount account = AccountMapper.toDomain(stored.next().value);
                all.put(account.bundleId(), account);
            }
        }
        return all;
    }
}
