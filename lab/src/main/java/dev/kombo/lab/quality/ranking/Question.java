package dev.kombo.lab.quality.ranking;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.profile.Behavior;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A question that all methods answer: which bundles of the catalogue will this shopper take next?
 *
 * @param name determines, with the seed, which bundles the networks learn from
 * @param behavior the shopper's behaviour so far
 * @param now epoch milliseconds
 * @param masked ids of bundles that are not candidates
 * @param relevant whether a candidate was taken
 * @param unseen relevant bundles that are not candidates: nobody can find them, and they count as missed
 * @param weight weight of the answer when networks learn from it; 0: they do not
 */
public record Question(
        String name,
        Behavior behavior,
        long now,
        Set<String> masked,
        Predicate<BundleEntry> relevant,
        int unseen,
        float weight) {
    /** A question that no network learns from. */
    public static Question untaught(Behavior behavior, long now, Set<String> masked, Predicate<BundleEntry> relevant) {
        return new Question("", behavior, now, masked, relevant, 0, 0);
    }
}
