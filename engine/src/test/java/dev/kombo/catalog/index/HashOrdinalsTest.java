package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.math.StableHash;
import org.junit.jupiter.api.Test;

class HashOrdinalsTest {
    @Test
    void shouldFindEveryHashWhenTheTableGrewAndHashesCollide() {
        HashOrdinals ordinals = new HashOrdinals();
        // Low bits are equal: all probe from the same slot.
        for (int i = 1; i <= 2000; i++) {
            long hash = i % 2 == 0 ? (long) i << 40 : StableHash.mix(i);
            ordinals.add(hash, i);
        }
        for (int i = 1; i <= 2000; i++) {
            long hash = i % 2 == 0 ? (long) i << 40 : StableHash.mix(i);
            assertThat(ordinals.get(hash)).isEqualTo(i);
        }
        assertThat(ordinals.get(StableHash.mix(2002))).isEqualTo(HashOrdinals.ABSENT);
    }

    @Test
    void shouldFindAHashOfZero() {
        HashOrdinals ordinals = new HashOrdinals();
        assertThat(ordinals.get(0)).isEqualTo(HashOrdinals.ABSENT);
        ordinals.add(0, 5);
        assertThat(ordinals.get(0)).isEqualTo(5);
    }
}
