package dev.kombo.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.Millis;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InteractionLearnerTest {
    private static final int CONTEXT = 3;

    private final WritableCatalogIndex catalog = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final InteractionLearner learner = new InteractionLearner(catalog, CONTEXT);
    private final Behavior behavior = new Behavior(ProfileLimits.of(SettingValues.defaults()));
    private final List<EntityUpdate> updates = new ArrayList<>();

    private EntityUpdate.EntityInteraction learn(EventType type, String item, double rating, long time) {
        learner.learn(
                behavior,
                new ShopperEvent(
                        type + item + time,
                        "someone",
                        null,
                        type,
                        item,
                        null,
                        null,
                        null,
                        1,
                        ShopperEvent.NO_PRICE,
                        null,
                        rating,
                        null,
                        time,
                        Map.of(),
                        false,
                        ShopperEvent.NOT_STATED),
                List.of(),
                (entity, update) -> {
                    assertThat(entity).isEqualTo("i:" + item);
                    updates.add(update);
                });
        return updates.isEmpty() ? null : updates.get(updates.size() - 1).interaction();
    }

    private EntityUpdate.EntityInteraction view(String item, long time) {
        return learn(EventType.VIEW, item, Double.NaN, time);
    }

    private static long partner(String item) {
        return PartnerTable.partnerOf(StableHash.of("i:" + item));
    }

    @Test
    void shouldNeitherRememberNorCountWhatIsRatedBadly() {
        learn(EventType.RATING, "a", 1, 1_000);

        assertThat(behavior.recent().size()).isZero();
        assertThat(updates).isEmpty();
    }

    @Test
    void shouldRememberAndCountWhatIsRatedWell() {
        assertThat(learn(EventType.RATING, "a", 5, 1_000).weight()).isEqualTo(EventType.RATING.preference());
        assertThat(behavior.recent().size()).isEqualTo(1);
    }

    @Test
    void shouldPairAEntityWithTheLatestOthersEachOnce() {
        assertThat(view("a", 1_000).partners()).isEmpty();
        learn(EventType.PURCHASE, "b", Double.NaN, 2_000);
        view("c", 3_000);
        view("c", 4_000);
        view("d", 5_000);

        EntityUpdate.EntityInteraction interaction = view("c", 6_000);

        assertThat(interaction.partners()).containsExactly(partner("d"), partner("b"), partner("a"));
        assertThat(interaction.partnerWeights())
                .containsExactly(
                        EventType.VIEW.preference(), EventType.PURCHASE.preference(), EventType.VIEW.preference());
        assertThat(view("e", 7_000).partners()).containsExactly(partner("c"), partner("d"), partner("b"));
    }

    @Test
    void shouldSayHowLongAgoTheSameWasBought() {
        assertThat(bought("a", 0)).isEqualTo(RepurchaseCounts.FIRST);
        assertThat(bought("a", 1_000)).as("another line of the same order").isNull();
        assertThat(bought("b", 2_000)).isEqualTo(RepurchaseCounts.FIRST);
        assertThat(bought("a", 30 * Millis.DAY)).isEqualTo(30 * Millis.DAY - 1_000);
        assertThat(bought("a", 20 * Millis.DAY)).as("late").isNull();
        view("a", 40 * Millis.DAY);
        assertThat(updates.get(updates.size() - 1).purchase()).isNull();
    }

    /** Milliseconds since the last purchase, as reported for one made now. */
    private Long bought(String item, long time) {
        learn(EventType.PURCHASE, item, Double.NaN, time);
        behavior.record(Events.item(EventType.PURCHASE, item, time));
        EntityUpdate.EntityPurchase purchase = updates.get(updates.size() - 1).purchase();
        return purchase == null ? null : purchase.sinceMillis();
    }

    @Test
    void shouldCountTheMembersOfABundleThatIsBought() {
        List<BundleMember> members = List.of(new BundleMember("a", 1), new BundleMember("b", 1));
        behavior.record(Events.item(EventType.PURCHASE, "b", 0));
        learner.learn(
                behavior,
                Events.bundle(EventType.VIEW, "ab", 4 * Millis.DAY),
                members,
                (entity, update) -> assertThat(update.purchase()).as("seen").isNull());
        Map<String, Long> since = new HashMap<>();
        learner.learn(behavior, Events.bundle(EventType.PURCHASE, "ab", 5 * Millis.DAY), members, (entity, update) -> {
            if (update.purchase() != null) {
                since.put(entity, update.purchase().sinceMillis());
            }
        });
        assertThat(since).isEqualTo(Map.of("i:a", RepurchaseCounts.FIRST, "i:b", 5 * Millis.DAY));
    }

    @Test
    void shouldHalveTheWeightOfEachRepetitionWithinADay() {
        float weight = EventType.VIEW.preference();
        assertThat(view("a", 0).weight()).isEqualTo(weight);
        assertThat(view("a", 1_000).weight()).isEqualTo(weight / 2);
        assertThat(view("a", 2_000).weight()).isEqualTo(weight / 4);
        assertThat(view("b", 2_000).weight()).isEqualTo(weight);
        // Different steps towards a purchase are not repetitions.
        assertThat(learn(EventType.PURCHASE, "a", Double.NaN, 3_000).weight()).isEqualTo(1f);
        assertThat(view("a", Millis.DAY + 3_000).weight()).isEqualTo(weight);
        float sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum += view("c", 10 * Millis.DAY + i).weight();
        }
        assertThat(sum).as("whatever a robot does").isLessThanOrEqualTo(2 * weight);
    }
}
