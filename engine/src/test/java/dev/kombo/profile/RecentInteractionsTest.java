package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

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
    void shouldBeEqualWithEqualHashesWhenReadBackIntoAnotherCapacity() {
        RecentInteractions recent = new RecentInteractions(2);
        for (int i = 0; i < 5; i++) {
            recent.add(i, EventType.VIEW, i);
        }
        RecentInteractions read = RecentInteractions.read(recent.write(), 50);

        assertThat(read).isEqualTo(recent).hasSameHashCodeAs(recent);
        assertThat(RecentInteractions.read(recent.write(), 1).entity(0)).isEqualTo(4);
    }
}
