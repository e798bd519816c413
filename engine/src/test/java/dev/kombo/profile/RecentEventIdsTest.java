package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.Stored;
import org.junit.jupiter.api.Test;

class RecentEventIdsTest {
    private static final long DAY = 86_400_000L;

    @Test
    void shouldKnowAnIdWhenItWasAdded() {
        RecentEventIds ids = new RecentEventIds(3, DAY);
        ids.add("a", 1, 1);

        assertThat(ids.contains("a")).isTrue();
        assertThat(ids.contains("b")).isFalse();
    }

    @Test
    void shouldForgetTheOldestWhenFull() {
        RecentEventIds ids = new RecentEventIds(2, DAY);
        ids.add("a", 1, 1);
        ids.add("b", 2, 2);
        ids.add("c", 3, 3);

        assertThat(ids.contains("a")).isFalse();
        assertThat(ids.contains("b")).isTrue();
        assertThat(ids.contains("c")).isTrue();
        assertThat(ids.size()).isEqualTo(2);
    }

    @Test
    void shouldForgetWhenOlderThanTheAgeAgainstTheLatestEvent() {
        RecentEventIds ids = new RecentEventIds(10, DAY);
        ids.add("a", 0, 0);
        ids.add("b", 1, 1);
        ids.add("c", DAY + 1, DAY + 1);

        assertThat(ids.contains("a")).isFalse();
        assertThat(ids.contains("b")).isTrue();
    }

    @Test
    void shouldKeepALateIdWhenLaterOnesAreKnown() {
        RecentEventIds ids = new RecentEventIds(10, DAY);
        ids.add("late", 5, DAY);

        assertThat(ids.contains("late")).isTrue();
    }

    @Test
    void shouldReadWhatWasWrittenAndKeepTheNewestWhenTheCapacityShrank() {
        RecentEventIds ids = new RecentEventIds(5, DAY);
        for (int i = 0; i < 5; i++) {
            ids.add("e" + i, i, i);
        }

        RecentEventIds same = new RecentEventIds(5, DAY);
        RecentEventIds fewer = new RecentEventIds(2, DAY);
        RecentEventIds fewerWithEachEvent = new RecentEventIds(2, DAY);
        Stored.copy(ids::fields, same::fields);
        Stored.copy(ids::fields, fewer::fields);
        Stored.copy(f -> ids.fields(f, 9), f -> fewerWithEachEvent.fields(f, 9));

        assertThat(Stored.bytes(same::fields)).isEqualTo(Stored.bytes(ids::fields));
        assertThat(Stored.bytes(fewerWithEachEvent::fields)).isEqualTo(Stored.bytes(fewer::fields));
        assertThat(fewer.size()).isEqualTo(2);
        assertThat(fewer.contains("e2")).isFalse();
        assertThat(fewer.contains("e3")).isTrue();
        assertThat(fewer.contains("e4")).isTrue();
    }
}
