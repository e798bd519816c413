package dev.kombo.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Target;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;

/**
 * What a shopper or a target starts from: the small vector of its name, moved by half of what is already known: for an
 * item the mean of its category, for a shopper the first target.
 */
public final class FirstFactors {
    private static final float INHERITED = 0.5f;

    private final CatalogIndex catalog;
    private final FactorSettings settings;

    public FirstFactors(CatalogIndex catalog, FactorSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /** Number of factors. */
    public int size() {
        return settings.factors();
    }

    /** Factors of a target that nobody has touched. */
    public float[] ofTarget(String target) {
        return moved(target, Target.isItem(target) ? catalog.categoryFactors(Target.idOf(target)) : null);
    }

    /**
     * Factors of a shopper.
     *
     * @param first factors of the first target, or null where they are not known
     */
    public float[] ofShopper(String shopperKey, float[] first) {
        return moved(shopperKey, first);
    }

    private float[] moved(String name, float[] towards) {
        float[] factors = Factors.initial(name, settings.seed(), settings.factors());
        if (towards != null && towards.length == factors.length) {
            for (int k = 0; k < factors.length; k++) {
                factors[k] += INHERITED * towards[k];
            }
        }
        return factors;
    }
}
