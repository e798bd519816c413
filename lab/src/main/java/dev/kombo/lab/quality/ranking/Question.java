package dev.kombo.lab.quality.ranking;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.profile.Behavior;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is asked of all methods alike: which bundles of the catalogue will this shopper take now?
 *
 * @param name decides, with the seed, which bundles the networks learn from
 * @param behavior what is known of the shopper
 * @param now epoch milliseconds
 * @param masked ids of bundles that are no candidates
 * @param relevant whether a candidate turned out to be taken
 * @param unseen relevant ones that no candidate stands for: nobody can find them, and they count as missed
 * @param weight how much the answer counts when networks learn from it; 0: they do not
 */
public record Question(
        String name,
        Behavior behavior,
        long now,
        Set<String> masked,
        Predicate<BundleEntry> relevant,
        int unseen,
        float weight) {
    /** A question that nothing is learned from. */
    public static Question untaught(Behavior behavior, long now, Set<String> masked, Predicate<BundleEntry> relevant) {
        return new Question("", behavior, now, masked, relevant, 0, 0);
    }
}
