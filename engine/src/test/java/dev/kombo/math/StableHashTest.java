package dev.kombo.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Entity;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StableHashTest {
    @Test
    void shouldStayWhatItIs() {
        // SplitMix64's published first output for seed 0.
        assertThat(StableHash.mix(0)).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(StableHash.of("i:85123A")).isEqualTo(0xca56ad05f0cb3203L);
        assertThat(StableHash.of("i:85123A", 42)).isEqualTo(0xe2b887578ea89564L);
    }

    @Test
    void shouldHashAnEntityLikeItsName() {
        assertThat(Entity.hashOfItem("85123A")).isEqualTo(StableHash.of(Entity.ofItem("85123A")));
        assertThat(Entity.hashOfBundle("85123A")).isEqualTo(StableHash.of(Entity.ofBundle("85123A")));
    }

    @Test
    void shouldNotCollideOnNamesThatAreAlike() {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            hashes.add(StableHash.of("i:" + i));
        }
        assertThat(hashes).hasSize(100_000);
    }

    @Test
    void shouldSpreadEvenlyOverUnitAndBounds() {
        int[] units = new int[10];
        int[] bounded = new int[7];
        int draws = 70_000;
        for (int i = 0; i < draws; i++) {
            double unit = StableHash.unit(StableHash.of("u" + i));
            assertThat(unit).isGreaterThanOrEqualTo(0).isLessThan(1);
            units[(int) (unit * 10)]++;
            bounded[StableHash.below(StableHash.of("b" + i), 7)]++;
        }
        for (int count : units) {
            assertThat(count).isBetween(6_600, 7_400);
        }
        for (int count : bounded) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }

    @Test
    void shouldDependOnTheOrderWhenCombined() {
        assertThat(StableHash.combine(1, 2)).isNotEqualTo(StableHash.combine(2, 1));
    }
}
