package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.Stored;
import dev.kombo.math.StableHash;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class HoldingsPropertyTest {
    private static final ProfileLimits KEPT =
            ProfileLimits.of(SettingValues.defaults().with(ProfileLimits.HOLDINGS, true));

    private record Change(int item, long time, boolean opens) {}

    private static Holdings holdings(List<Change> changes) {
        Holdings holdings = new Holdings(KEPT);
        for (Change change : changes) {
            if (change.opens) {
                holdings.open(hash(change.item), change.time);
            } else {
                holdings.close(hash(change.item), change.time);
            }
        }
        return holdings;
    }

    private static Holdings stored(Holdings holdings, ProfileLimits limits) {
        Holdings read = new Holdings(limits);
        Stored.copy(holdings::fields, read::fields);
        return read;
    }

    private static long hash(int item) {
        return StableHash.of("i:" + item);
    }

    @Property(tries = 200, seed = "7")
    void theLatestChangeHoldsInWhateverOrderAndHoweverMerged(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        List<Change> changes = new ArrayList<>();
        Map<Integer, Change> latest = new HashMap<>();
        for (int i = 0; i < 120; i++) {
            Change change = new Change(random.nextInt(20), random.nextInt(50), random.nextBoolean());
            changes.add(change);
            latest.merge(change.item, change, (a, b) -> a.time != b.time ? (a.time > b.time ? a : b) : a.opens ? a : b);
        }
        int cut = random.nextInt(changes.size());
        Holdings merged = holdings(changes.subList(cut, changes.size()));
        merged.absorb(stored(holdings(changes.subList(0, cut)), KEPT));
        for (int item = 0; item < 20; item++) {
            boolean held = latest.containsKey(item) && latest.get(item).opens;
            assertThat(holdings(changes).holds(hash(item))).isEqualTo(held);
            assertThat(merged.holds(hash(item))).isEqualTo(held);
        }
        assertThat(Stored.bytes(merged::fields)).isEqualTo(Stored.bytes(holdings(changes)::fields));
    }

    @Example
    void shouldTakeACustomerWithTooManyItemsToHoldEverything() {
        Holdings holdings = new Holdings(KEPT);
        for (int i = 0; i < 1_023; i++) {
            holdings.open(hash(i), 1);
        }
        assertThat(holdings.holds(hash(5_000))).isFalse();
        holdings.open(hash(2_000), 1);
        holdings.open(hash(2_001), 1);
        holdings.close(hash(0), 2);
        assertThat(holdings.size()).isEqualTo(1_024);
        assertThat(holdings.holds(hash(5_000))).isTrue();
        assertThat(holdings.holds(hash(0))).isTrue();
        assertThat(stored(holdings, KEPT).holds(hash(5_000))).isTrue();
    }

    @Example
    void shouldKeepNothingWhereHoldingsAreNotKept() {
        ProfileLimits off = ProfileLimits.of(SettingValues.defaults());
        Holdings holdings = new Holdings(off);
        holdings.open(hash(1), 1);
        assertThat(holdings.size()).isZero();
        assertThat(holdings.holds(hash(1))).isFalse();
        assertThat(stored(holdings(List.of(new Change(1, 1, true))), off).size())
                .isZero();
    }
}
