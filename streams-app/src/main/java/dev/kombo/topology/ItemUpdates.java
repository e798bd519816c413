package dev.kombo.topology;

import dev.kombo.learning.Gradient;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.serde.Floats;

/** Builds updates on their way to the item task. */
final class ItemUpdates {
    private ItemUpdates() {}

    /** Someone touched the target. */
    static ItemUpdate interaction(long time, Gradient gradient, float weight) {
        return gradient(time, gradient)
                .setPopularityWeight(weight)
                .setInteractions(1)
                .build();
    }

    /** The target was drawn as a negative sample. */
    static ItemUpdate negative(long time, Gradient gradient) {
        return gradient(time, gradient).build();
    }

    /** Steps of a replay sweep on the target, merged. */
    static ItemUpdate replayed(long time, float[] factors, float bias) {
        return ItemUpdate.newBuilder()
                .setEventTime(time)
                .setGradient(Floats.toBuffer(factors))
                .setBiasGradient(bias)
                .build();
    }

    private static ItemUpdate.Builder gradient(long time, Gradient gradient) {
        ItemUpdate.Builder update = ItemUpdate.newBuilder().setEventTime(time);
        if (gradient != null) {
            update.setGradient(Floats.toBuffer(gradient.factors())).setBiasGradient(gradient.bias());
        }
        return update;
    }

    /** A closed order held the target. */
    static ItemUpdate.Builder order(long time) {
        return ItemUpdate.newBuilder().setEventTime(time).setPurchases(1);
    }
}
