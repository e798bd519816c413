package dev.kombo.engine.event;

import dev.kombo.learning.network.NetworkExample;
import dev.kombo.ranking.contest.Occasion;
import java.util.ArrayList;
import java.util.List;

/**
 * A training example of the ranker: the ranker's inputs for several bundles just before a shopper's choice, and which
 * of these bundles, if any, the shopper chose. All are of one request.
 *
 * @param time epoch milliseconds of the choice
 * @param signals standardised signals of each bundle, in the order of {@link dev.kombo.ranking.Signal}; at least one;
 *     not copied
 * @param context {@link dev.kombo.ranking.ShopperContext}
 * @param sequences recent interactions against each bundle, all of one length; empty arrays where the ranker uses none
 * @param label of the first bundle: 1 wanted, 0 not; the others were not wanted
 * @param weight how much it counts, at least 0
 * @param occasion of the choice
 * @param offsets {@link NetworkExample#offset} of each bundle; empty where all were drawn at random
 * @param ranks {@link dev.kombo.ranking.contest.Contestant#ranks} of the first bundle; empty where the choice does not
 *     count in the contest of rankers
 */
public record RankerExample(
        long time,
        List<float[]> signals,
        float[] context,
        List<float[]> sequences,
        float label,
        float weight,
        Occasion occasion,
        float[] offsets,
        byte[] ranks) {

    /** Checks that the lists have the same length. */
    public RankerExample {
        if (signals.isEmpty() || signals.size() != sequences.size()) {
            throw new IllegalArgumentException(
                    signals.size() + " bundles with " + sequences.size() + " sequences; expected: as many, at least 1");
        }
        if (offsets.length != 0 && offsets.length != signals.size()) {
            throw new IllegalArgumentException(offsets.length + " offsets of " + signals.size() + " bundles");
        }
    }

    /** The same choice with another weight. */
    public RankerExample weighing(float other) {
        return new RankerExample(time, signals, context, sequences, label, other, occasion, offsets, ranks);
    }

    /** Number of bundles. */
    public int size() {
        return signals.size();
    }

    /** The input of {@link dev.kombo.learning.network.NetworkTrainer#learn}. */
    public List<NetworkExample> group() {
        List<NetworkExample> group = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            float wanted = i == 0 ? label : 0f;
            float offset = offsets.length == 0 ? 0f : offsets[i];
            group.add(new NetworkExample(signals.get(i), context, sequences.get(i), wanted, weight, offset));
        }
        return group;
    }
}
