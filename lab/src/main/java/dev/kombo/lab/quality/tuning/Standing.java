package dev.kombo.lab.quality.tuning;

import dev.kombo.lab.quality.metrics.Spread;
import java.util.Comparator;

/**
 * How a configuration did.
 *
 * @param share of the stream in the trials that count: the largest that it got to
 * @param scores over the seeds tried at that share
 */
public record Standing(Configuration configuration, double share, Spread scores) {
    /** Best first: what saw more of the stream, then what was confirmed with more seeds, then the higher mean. */
    static final Comparator<Standing> BEST_FIRST = Comparator.comparingDouble(Standing::share)
            .thenComparingInt(Standing::seeds)
            .thenComparingDouble(standing -> standing.scores().mean())
            .reversed()
            .thenComparing(standing -> standing.configuration().name());

    /** Seeds tried at the share. */
    public int seeds() {
        return scores.values().size();
    }
}
