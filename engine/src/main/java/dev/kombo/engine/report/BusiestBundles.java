package dev.kombo.engine.report;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.engine.task.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The most offered bundles of each arm. Counts never fall, so only a bundle whose count changed can enter the list: an
 * arm's accounts are read once, and from then on only changes are considered. Not thread-safe; used by the thread that
 * owns the task.
 */
final class BusiestBundles {
    private static final int MOST = 100;

    private final Table<String, BundleAccount> bundles;
    private final Map<String, Map<String, BundleAccount>> byArm = new HashMap<>();

    BusiestBundles(Table<String, BundleAccount> bundles) {
        this.bundles = bundles;
    }

    /** Clears the lists, which are then read from the table again. */
    void forget() {
        byArm.clear();
    }

    /**
     * Records changed accounts of an arm.
     *
     * @param arm prefix of its keys
     */
    void changed(String arm, Map<String, BundleAccount> accounts) {
        Map<String, BundleAccount> known = byArm.get(arm);
        if (known != null) {
            known.putAll(accounts);
        }
    }

    /** Returns the most offered bundles of an arm, in order. */
    List<BundleAccount> of(String experiment, String arm) {
        Map<String, BundleAccount> known = byArm.computeIfAbsent(ReportKeys.bundlesOf(experiment, arm), this::read);
        List<BundleAccount> sorted = new ArrayList<>(known.values());
        sorted.sort(BundleAccount.BUSIEST);
        if (sorted.size() > MOST) {
            sorted.subList(MOST, sorted.size()).clear();
            known.values().retainAll(new HashSet<>(sorted));
        }
        return sorted;
    }

    private Map<String, BundleAccount> read(String prefix) {
        ReportKeys.KeyRange keys = ReportKeys.KeyRange.of(prefix);
        Map<String, BundleAccount> all = new HashMap<>();
        bundles.range(keys.first(), keys.end(), Integer.MAX_VALUE, (key, stored) -> {
            BundleAccount account = stored.get();
            all.put(account.bundleId(), account);
        });
        return all;
    }
}
