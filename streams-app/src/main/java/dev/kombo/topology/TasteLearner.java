package dev.kombo.topology;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.ItemEntry;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.learning.Gradient;
import dev.kombo.learning.NegativeSampler;
import dev.kombo.learning.UserFactorLearner;
import dev.kombo.ops.Counters;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.schema.ItemUpdate;
import java.util.concurrent.atomic.LongAdder;

/**
 * The user task's half of the matrix factorisation: one step on the target touched, steps on negative samples, and
 * replays of the shopper's own history, which move the user factor only. The target's half travels as gradients: only
 * the item task writes a target's factor. One instance a task, its buffers reused.
 */
final class TasteLearner {
    private final FactorSettings settings;
    private final UserFactorLearner learner;
    private final CatalogIndex catalog;
    private final int replayBudget;
    private final Gradient gradient;
    private final int[] positive = new int[1];
    private final int[] negatives;
    private final LongAdder dropped;
    private final LongAdder shed;

    /**
     * @param replayBudget times a stored interaction may be replayed by sweeps
     */
    TasteLearner(FactorSettings settings, CatalogIndex catalog, int replayBudget, Counters counters) {
        this.settings = settings;
        this.learner = new UserFactorLearner(settings);
        this.catalog = catalog;
        this.replayBudget = replayBudget;
        this.gradient = new Gradient(settings.factors());
        this.negatives = new int[Math.max(1, settings.negatives())];
        this.dropped = counters.counter("learning.user.step.dropped");
        this.shed = counters.counter("learning.negatives.shed");
    }

    /**
     * Learns from an accepted event.
     *
     * @param sheddingNegatives whether the item leg is so far behind that negative samples are left out
     */
    void learn(String shopperKey, Behavior behavior, ShopperEvent event, boolean sheddingNegatives, Outputs outputs) {
        float preference = event.type().preference();
        String target = target(event);
        if (preference == 0 || target == null) {
            return;
        }
        float[] factors = behavior.factors();
        if (factors.length != settings.factors()) {
            factors = Factors.initial(shopperKey, settings.seed(), settings.factors());
            behavior.factors(factors);
        }
        long hash = StableHash.of(target);
        TargetModel model = catalog.model(target);
        boolean learned = learner.step(factors, vector(target, model), bias(model), label(event), preference, gradient);
        if (!learned) {
            dropped.increment();
        }
        outputs.update(target, interaction(event, learned ? gradient : null, preference));
        if (sheddingNegatives) {
            shed.add(settings.negatives());
        } else {
            learnNegatives(factors, event, target, preference, outputs);
        }
        replayHistory(factors, behavior.recent(), StableHash.of(event.eventId(), settings.seed()));
        behavior.interacted(hash, event.type(), category(event), replayBudget, event.time());
    }

    /** How much the target was wanted: a rating says so itself, anything else that is learned from is a wish. */
    private static float label(ShopperEvent event) {
        return event.type() == EventType.RATING ? (float) ((event.rating() - 1) / 4) : 1f;
    }

    private static ItemUpdate interaction(ShopperEvent event, Gradient gradient, float preference) {
        ItemUpdate update = ItemUpdates.interaction(event.time(), gradient, preference);
        if (event.type() == EventType.PURCHASE && event.priced()) {
            update.setUnitPriceMinor(event.unitPriceMinor());
            update.setCurrency(event.currency());
        }
        return update;
    }

    private static String target(ShopperEvent event) {
        if (event.itemId() != null) {
            return Target.ofItem(event.itemId());
        }
        return event.bundleId() == null ? null : Target.ofBundle(event.bundleId());
    }

    private String category(ShopperEvent event) {
        Item item = event.itemId() == null ? null : catalog.item(event.itemId());
        return item == null ? null : item.category();
    }

    /** They weigh as much as the event: a view says as little of what was not viewed as of what was. */
    private void learnNegatives(float[] factors, ShopperEvent event, String target, float preference, Outputs outputs) {
        long hash = StableHash.of(event.eventId(), settings.seed());
        boolean item = Target.isItem(target);
        int size = item ? catalog.itemCount() : catalog.bundleCount();
        positive[0] = item ? catalog.itemOrdinal(StableHash.of(target)) : catalog.bundleOrdinal(StableHash.of(target));
        int drawn = NegativeSampler.sample(hash, size, positive, settings.negatives(), negatives);
        for (int i = 0; i < drawn; i++) {
            TargetModel model = item ? itemModel(negatives[i]) : bundleModel(negatives[i]);
            if (!usable(model)) {
                continue;
            }
            if (learner.step(factors, model.vector(), model.bias(), 0f, preference, gradient)) {
                outputs.update(model.target(), ItemUpdates.negative(event.time(), gradient));
            } else {
                dropped.increment();
            }
        }
    }

    /** Each replay is balanced by a negative sample, or all users would drift towards what is popular. */
    private void replayHistory(float[] factors, RecentInteractions recent, long hash) {
        int targets = catalog.itemCount();
        if (recent.size() == 0 || targets == 0) {
            return;
        }
        for (int i = 0; i < settings.replays(); i++) {
            long draw = StableHash.combine(hash, i + 1L);
            TargetModel liked = catalog.model(recent.target(StableHash.below(draw, recent.size())));
            TargetModel other = itemModel(StableHash.below(StableHash.mix(draw), targets));
            if (usable(liked) && usable(other)) {
                countDrop(learner.replay(factors, liked.vector(), liked.bias(), 1f));
                if (!other.target().equals(liked.target())) {
                    countDrop(learner.replay(factors, other.vector(), other.bias(), 0f));
                }
            }
        }
    }

    private TargetModel itemModel(int ordinal) {
        ItemEntry entry = catalog.itemAt(ordinal);
        return entry == null ? null : entry.model();
    }

    private TargetModel bundleModel(int ordinal) {
        BundleEntry entry = catalog.bundle(ordinal);
        return entry == null ? null : entry.model();
    }

    private void countDrop(boolean learned) {
        if (!learned) {
            dropped.increment();
        }
    }

    private boolean usable(TargetModel model) {
        return model != null && model.vector().length == settings.factors();
    }

    private float[] vector(String target, TargetModel model) {
        return usable(model) ? model.vector() : Factors.initial(target, settings.seed(), settings.factors());
    }

    private static float bias(TargetModel model) {
        return model == null ? 0f : model.bias();
    }
}
