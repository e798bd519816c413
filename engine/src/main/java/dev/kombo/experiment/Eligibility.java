package dev.kombo.experiment;

import java.util.List;
import java.util.Set;

/**
 * The shoppers and placements that an experiment covers. Checked before the arm is known, so alike in all arms.
 *
 * @param segments shoppers in one of these are eligible; empty: everybody
 * @param placements where it runs; empty: everywhere
 */
public record Eligibility(Set<String> segments, Set<String> placements) {
    /** Everybody, everywhere. */
    public static final Eligibility EVERYWHERE = new Eligibility(Set.of(), Set.of());

    /** Copies the sets. */
    public Eligibility {
        segments = Set.copyOf(segments);
        placements = Set.copyOf(placements);
    }

    /** Whether the experiment runs on a placement. */
    public boolean covers(String placement) {
        return placements.isEmpty() || placements.contains(placement);
    }

    /** Whether a shopper of these segments is eligible. */
    public boolean admits(Set<String> shopperSegments) {
        if (segments.isEmpty()) {
            return true;
        }
        for (String segment : shopperSegments) {
            if (segments.contains(segment)) {
                return true;
            }
        }
        return false;
    }

    void addProblems(List<String> problems) {
        if (segments.stream().anyMatch(String::isBlank)) {
            problems.add("a segment is blank");
        }
        if (placements.stream().anyMatch(String::isBlank)) {
            problems.add("a placement is blank");
        }
    }
}
