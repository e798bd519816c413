package dev.kombo.topology;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.SlateRanker;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Labels for the ranker from what shoppers do by themselves: before an item put in the cart or bought is learned from,
 * bundles are scored without knowing of it: one that holds it is what was wanted, others drawn uniformly from the whole
 * catalogue are not (the ranker's own top list as negatives was measured to be worse than no learning). So a record is
 * scored before it is learned from. Events are drawn by hash, under a rate cap.
 */
final class RankerExamples {
    private static final int NEGATIVES = 4;
    private static final int TRIES = 32;
    private static final int SECOND = 1_000;

    private final CatalogIndex catalog;
    private final SlateRanker ranker;
    private final LiveModels models;
    private final double share;
    private final int perSecond;
    private final LongAdder sent;
    private long second;
    private int inSecond;

    RankerExamples(EngineContext engine, SlateRanker ranker) {
        this.catalog = engine.models().catalog();
        this.ranker = ranker;
        this.models = engine.models();
        this.share = engine.settings().training().share();
        this.perSecond = engine.settings().training().perSecond();
        this.sent = engine.counters().counter("training.examples.sent");
    }

    /** Makes examples of an event that was drawn and says what was wanted. */
    void observe(Behavior behavior, ShopperEvent event, Outputs outputs) {
        if (event.itemId() == null
                || (event.type() != EventType.PURCHASE && event.type() != EventType.ADD_TO_CART)
                || StableHash.unit(StableHash.of(event.eventId(), 1)) >= share) {
            return;
        }
        int item = catalog.itemOrdinal(event.itemId());
        if (item == CatalogIndex.UNKNOWN || catalog.bundlesOfItem(item).length == 0 || !withinRate(event.time())) {
            return;
        }
        long hash = StableHash.of(event.eventId(), 2);
        int[] holding = catalog.bundlesOfItem(item);
        BundleEntry wanted = catalog.bundle(holding[StableHash.below(hash, holding.length)]);
        if (wanted == null) {
            return;
        }
        List<BundleEntry> drawn = drawOthers(StableHash.of(Target.ofItem(event.itemId())), hash);
        drawn.add(0, wanted);
        ScoredCandidates scored = ranker.score(
                request(behavior, event, hash),
                drawn.stream().map(entry -> entry.bundle().id()).toList());
        for (int i = 0; i < scored.size(); i++) {
            int position = indexOf(drawn, scored.bundle(i).hash());
            if (position >= 0) {
                send(scored, i, position == 0 ? 1f : 0f, event.time(), outputs);
            }
        }
    }

    private RankingRequest request(Behavior behavior, ShopperEvent event, long hash) {
        return new RankingRequest(
                behavior,
                null,
                behavior.segments(),
                Set.of(),
                "training",
                event.time(),
                hash,
                1,
                models.ranker().weights(),
                0);
    }

    /** Different bundles without the item, uniformly from the catalogue; fewer where there are hardly any. */
    private List<BundleEntry> drawOthers(long item, long hash) {
        List<BundleEntry> drawn = new ArrayList<>(NEGATIVES + 1);
        for (int i = 0; i < TRIES && drawn.size() < NEGATIVES; i++) {
            BundleEntry entry = catalog.bundle(StableHash.below(StableHash.combine(hash, i), catalog.bundleCount()));
            if (entry != null && !holds(entry, item) && indexOf(drawn, entry.hash()) < 0) {
                drawn.add(entry);
            }
        }
        return drawn;
    }

    private static int indexOf(List<BundleEntry> drawn, long hash) {
        for (int i = 0; i < drawn.size(); i++) {
            if (drawn.get(i).hash() == hash) {
                return i;
            }
        }
        return -1;
    }

    /** The rate is that of event time: a replay of old events at full speed makes no more than the shop made then. */
    private boolean withinRate(long time) {
        if (time / SECOND != second) {
            second = time / SECOND;
            inSecond = 0;
        }
        inSecond += 1 + NEGATIVES;
        return inSecond <= perSecond;
    }

    private static boolean holds(BundleEntry bundle, long item) {
        for (int m = 0; m < bundle.size(); m++) {
            if (bundle.memberHash(m) == item) {
                return true;
            }
        }
        return false;
    }

    private void send(ScoredCandidates scored, int candidate, float label, long time, Outputs outputs) {
        outputs.example(TrainingExample.newBuilder()
                .setEventTime(time)
                .setSignals(Floats.toBuffer(scored.standardized(candidate)))
                .setLabel(label)
                .setSource("organic")
                .setModelVersion(models.ranker().version())
                .build());
        sent.increment();
    }
}
