package dev.kombo.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MinorUnitsPropertyTest {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

    @Property(seed = "19")
    void shouldBeTheExactResultOrTheNearestThatALongHolds(@ForAll long one, @ForAll long other) {
        BigInteger left = BigInteger.valueOf(one);
        BigInteger right = BigInteger.valueOf(other);
        assertThat(MinorUnits.sum(one, other)).isEqualTo(nearest(left.add(right)));
        assertThat(MinorUnits.difference(one, other)).isEqualTo(nearest(left.subtract(right)));
        assertThat(MinorUnits.product(one, other)).isEqualTo(nearest(left.multiply(right)));
        assertThat(MinorUnits.product(one >> 32, other >> 32))
                .isEqualTo(nearest(left.shiftRight(32).multiply(right.shiftRight(32))));
    }

    private static long nearest(BigInteger exact) {
        return exact.max(SMALLEST).min(LARGEST).longValueExact();
    }
}
