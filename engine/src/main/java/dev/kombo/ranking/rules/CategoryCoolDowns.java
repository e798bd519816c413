package dev.kombo.ranking.rules;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.ranking.RuleSettings;
import java.util.Arrays;
import java.util.Map;

/** How long after a purchase an item of a category is not offered again. Not thread-safe. */
final class CategoryCoolDowns {
    private final CatalogIndex index;
    private final RuleSettings settings;
    private long[] coolDowns = {};

    CategoryCoolDowns(CatalogIndex index, RuleSettings settings) {
        this.index = index;
        this.settings = settings;
    }

    /** Adds categories that were numbered since the last call. */
    void refresh() {
        int count = index.categoryCount();
        if (settings.categoryCoolDownMillis().isEmpty() || count <= coolDowns.length) {
            return;
        }
        long[] grown = new long[count];
        Arrays.fill(grown, settings.coolDownMillis());
        for (Map.Entry<String, Long> override :
                settings.categoryCoolDownMillis().entrySet()) {
            int category = index.category(override.getKey());
            if (category >= 0 && category < count) {
                grown[category] = override.getValue();
            }
        }
        coolDowns = grown;
    }

    /** The cool-down of a category in milliseconds; -1 stands for no category. */
    long of(int category) {
        return category >= 0 && category < coolDowns.length ? coolDowns[category] : settings.coolDownMillis();
    }
}
