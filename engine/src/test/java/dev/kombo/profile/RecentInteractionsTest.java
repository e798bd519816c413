package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.Stored;
import org.junit.jupiter.api.Test;

class RecentInteractionsTest {
    @Test
    void shouldLetTheOldestGiveWayWhenFull() {
        RecentInteractions recent = new RecentInteractions(2);
        recent.add(1, EventType.VIEW, 10);
        recent.add(2, EventType.CLICK, 20);
        recent.add(3, EventType.PURCHASE, 30);

        assertThat(recent.size()).isEqualTo(2);
        assertThat(recent.entity(0)).isEqualTo(2);
        assertThat(recent.type(1)).isEqualTo(EventType.PURCHASE);
        assertThat(recent.time(1)).isEqualTo(30);
    }

    @Test
    void shouldKeepTheLatestWhenTheCapacityShrank() {
        RecentInteractions recent = new RecentInteractions(3);
        for (int i = 0; i < 5; i++) {
            recent.add(i, EventType.VIEW, i);
        }
        for (int capacity : new int[] {1, 2, 50}) {
            RecentInteractions read = new RecentInteractions(capacity);
            Stored.copy(f -> recent.fields(f, 9), f -> read.fields(f, 9));
            assertThat(read.size()).isEqualTo(Math.min(3, capacity));
            assertThat(read.entity(read.size() - 1)).isEqualTo(4);
            read.add(5, EventType.CLICK, 5);
            assertThat(read.size()).isEqualTo(Math.min(4, capacity));
            assertThat(read.entity(read.size() - 1)).isEqualTo(5);
        }
    }
}
