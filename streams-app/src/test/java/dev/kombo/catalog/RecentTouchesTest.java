package dev.kombo.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTouchesTest {
    private final RecentTouches touches = new RecentTouches();

    private double shareOf(int ordinal) {
        int drawn = 0;
        for (int draw = 0; draw < 4000; draw++) {
            drawn += touches.draw(StableHash.mix(draw)) == ordinal ? 1 : 0;
        }
        return drawn / 4000.0;
    }

    @Test
    void shouldDrawNothingBeforeTheFirstTouch() {
        assertThat(touches.draw(1)).isEqualTo(CatalogIndex.UNKNOWN);
        touches.add(3, 0);
        touches.add(3, -5);
        assertThat(touches.draw(1)).isEqualTo(CatalogIndex.UNKNOWN);
        touches.add(3, 1);
        assertThat(touches.draw(1)).isEqualTo(3);
    }

    @Test
    void shouldDrawByPopularity() {
        for (int i = 0; i < 100; i++) {
            touches.add(1, 3);
            touches.add(2, 1);
        }
        assertThat(shareOf(1)).isBetween(0.72, 0.78);
        assertThat(shareOf(2)).isBetween(0.22, 0.28);
    }

    @Test
    void shouldBoundWhatOnePublicationCounts() {
        touches.add(1, 1_000_000);
        touches.add(2, 16);
        assertThat(shareOf(1)).isBetween(0.45, 0.55);
    }

    @Test
    void shouldForgetTheOldestTouches() {
        for (int i = 0; i < 100; i++) {
            touches.add(1, 16);
        }
        for (int i = 0; i < 8192 / 16; i++) {
            touches.add(2, 16);
        }
        assertThat(shareOf(1)).isZero();
    }
}
