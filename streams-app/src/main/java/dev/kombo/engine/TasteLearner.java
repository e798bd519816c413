package dev.kombo.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.learning.Gradient;
import dev.kombo.learning.UserFactorLearner;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperEvent;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * The shopper's half of what an event teaches about taste: one step of the matrix factorisation on the target touched,
 * steps on negative samples, replays of the shopper's own history, which move the user factor only, and the history
 * that the target is counted together with. The target's half travels as updates: only the owner of a target writes its
 * factors and counts. One instance a thread, its buffers reused.
 */
public final class TasteLearner {
    /** Least label of a wish. */
    private static final float WISH = 0.5f;

    private final FactorSettings settings;
    private final UserFactorLearner learner;
    private final CatalogIndex catalog;
    private final NegativeTargets negatives;
    private final FirstFactors first;
    private final int replayBudget;
    private final Gradient gradient;
    private final long[] companions;
    private final float[] companionWeights;
    private final LongAdder dropped;
    private final LongAdder shed;
    private final EventCounts watch;

    /** A learner whose steps nobody looks at. */
    public TasteLearner(
            FactorSettings settings,
            CatalogIndex catalog,
            int replayBudget,
            int companions,
            LongAdder dropped,
            LongAdder shed) {
        this(settings, catalog, replayBudget, companions, dropped, shed, unused -> {});
    }

    /**
     * A learner.
     *
     * @param replayBudget times a stored interaction may be replayed by sweeps
     * @param companions latest different targets that a touched one is counted together with, at least 0
     * @param dropped counts steps that would not have been finite
     * @param shed counts negative samples left out because the owners of the targets are behind
     * @param watch looks at steps now and then
     */
    public TasteLearner(
            FactorSettings settings,
            CatalogIndex catalog,
            int replayBudget,
            int companions,
            LongAdder dropped,
            LongAdder shed,
            EventCounts watch) {
        this.settings = settings;
        this.learner = new UserFactorLearner(settings);
        this.catalog = catalog;
        this.negatives = new NegativeTargets(settings, catalog);
        this.first = new FirstFactors(catalog, settings);
        this.replayBudget = replayBudget;
        this.gradient = new Gradient(settings.factors());
        this.companions = new long[companions];
        this.companionWeights = new float[companions];
        this.dropped = dropped;
        this.shed = shed;
        this.watch = watch;
    }

    /**
     * Learns from an accepted event, where it says something about taste.
     *
     * @param shopperKey the shopper, from which the factors start
     * @param sheddingNegatives whether negative samples are to be left out
     */
    public void learn(
            String shopperKey,
            Behavior behavior,
            ShopperEvent event,
            boolean sheddingNegatives,
            TargetUpdates updates) {
        float preference = event.type().preference();
        String target = target(event);
        if (preference == 0 || target == null) {
            return;
        }
        long hash = StableHash.of(target);
        TargetModel model = catalog.model(target);
        boolean wish = label(event) >= WISH;
        float[] factors = behavior.factors();
        if (factors.length != settings.factors()) {
            factors = first.ofShopper(shopperKey, wish && negatives.usable(model) ? model.vector() : null);
            behavior.factors(factors);
        }
        boolean looking = watch.looksAtSteps();
        float[] wanted = vector(target, model);
        if (looking) {
            look(true, factors, wanted, bias(model), label(event));
        }
        boolean learned = learner.step(factors, wanted, bias(model), label(event), preference, gradient);
        count(learned);
        if (!wish) {
            // Not wanted: nothing to replay, to count together with others, or to balance by negative samples.
            if (learned) {
                updates.update(target, TargetUpdate.unwanted(event.time(), gradient));
            }
            return;
        }
        updates.update(
                target, TargetUpdate.touched(event.time(), learned ? gradient : null, touch(behavior, event, hash)));
        long draws = StableHash.of(event.eventId(), settings.seed());
        if (sheddingNegatives) {
            shed.add(settings.negatives());
        } else {
            learnNegatives(factors, event, hash, draws, looking, updates);
        }
        replayHistory(factors, behavior.recent(), draws);
        behavior.interacted(hash, event.type(), category(event), replayBudget, event.time());
    }

    /** How much the target was wanted: a rating says so itself, anything else that is learned from is a wish. */
    private static float label(ShopperEvent event) {
        return event.type() == EventType.RATING ? (float) ((event.rating() - 1) / 4) : 1f;
    }

    private TargetUpdate.Touch touch(Behavior behavior, ShopperEvent event, long target) {
        boolean priced = event.type() == EventType.PURCHASE && event.priced();
        int count = collectCompanions(behavior.recent(), target);
        return new TargetUpdate.Touch(
                event.type().preference(),
                priced ? event.unitPriceMinor() : Item.UNKNOWN,
                priced ? event.currency() : null,
                Arrays.copyOf(companions, count),
                Arrays.copyOf(companionWeights, count));
    }

    /** The latest different targets of the history, the touched one left out. */
    private int collectCompanions(RecentInteractions recent, long target) {
        int count = 0;
        for (int i = recent.size() - 1; i >= 0 && count < companions.length; i--) {
            long companion = recent.target(i);
            if (companion != target && !collected(companion, count)) {
                companions[count] = companion;
                companionWeights[count++] = recent.type(i).preference();
            }
        }
        return count;
    }

    private boolean collected(long companion, int count) {
        for (int i = 0; i < count; i++) {
            if (companions[i] == companion) {
                return true;
            }
        }
        return false;
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
    private void learnNegatives(
            float[] factors, ShopperEvent event, long target, long draws, boolean looking, TargetUpdates updates) {
        boolean item = event.itemId() != null;
        for (int i = 0; i < settings.negatives(); i++) {
            TargetModel model = negatives.draw(target, item, StableHash.combine(draws, -1L - i));
            if (model == null) {
                continue;
            }
            if (looking) {
                look(false, factors, model.vector(), model.bias(), 0f);
            }
            boolean learned = learner.step(
                    factors, model.vector(), model.bias(), 0f, event.type().preference(), gradient);
            count(learned);
            if (learned) {
                updates.update(model.target(), TargetUpdate.unwanted(event.time(), gradient));
            }
        }
    }

    /** Each replay is balanced by a negative sample, or all users would drift towards what is popular. */
    private void replayHistory(float[] factors, RecentInteractions recent, long draws) {
        if (recent.size() == 0) {
            return;
        }
        for (int i = 0; i < settings.replays(); i++) {
            long draw = StableHash.combine(draws, i + 1L);
            int drawn = StableHash.below(draw, recent.size());
            long target = recent.target(drawn);
            float weight = recent.type(drawn).preference();
            TargetModel liked = catalog.model(target);
            if (negatives.usable(liked)) {
                TargetModel other = negatives.draw(target, Target.isItem(liked.target()), StableHash.mix(draw));
                count(learner.replay(factors, liked.vector(), liked.bias(), 1f, weight));
                if (other != null) {
                    count(learner.replay(factors, other.vector(), other.bias(), 0f, weight));
                }
            }
        }
    }

    private void look(boolean touched, float[] factors, float[] vector, float bias, float label) {
        double loss = settings.loss().value(Factors.dot(factors, vector) + bias, label);
        watch.step(touched, loss, Factors.norm(factors), Factors.norm(vector));
    }

    private void count(boolean learned) {
        if (!learned) {
            dropped.increment();
        }
    }

    private float[] vector(String target, TargetModel model) {
        return negatives.usable(model) ? model.vector() : first.ofTarget(target);
    }

    private static float bias(TargetModel model) {
        return model == null ? 0f : model.bias();
    }
}
