package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.engine.model.SweepSum;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.math.StableHash;
import dev.kombo.schema.FactorSweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepMapperTest {
    private static final long FIRST = PartnerTable.partnerOf(StableHash.of("i:first"));
    private static final long SECOND = PartnerTable.partnerOf(StableHash.of("b:second"));
    private static final long LAST = (1L << 40) - 1;

    @Test
    void shouldReadTheRowsOfABlock() {
        float[] vector = {0.5f, -0.25f, 0.01f};
        FactorSweep block = SweepMapper.rows(
                3,
                7,
                List.of(FIRST, SECOND, LAST),
                List.of(QuantizedVector.of(vector), QuantizedVector.NONE, QuantizedVector.of(new float[] {0f, 0f, 2f
                })));
        Map<Long, float[]> rows = new LinkedHashMap<>();
        SweepMapper.rows(block, (row, partner) -> rows.put(partner, row));
        assertThat(rows).containsOnlyKeys(FIRST, SECOND, LAST);
        assertThat(rows.get(FIRST)).containsExactly(vector, within(0.5f / 254));
        assertThat(rows.get(SECOND)).as("it has none any more").isEmpty();
        assertThat(rows.get(LAST)).containsExactly(0f, 0f, 2f);
        assertThat(SweepMapper.sum(block)).isNull();
        assertThat(block.getPartition()).isEqualTo(3);
        assertThat(block.getGeneration()).isEqualTo(7);
    }

    @Test
    void shouldReadTheSumThatEndsASweep() {
        FactorSweep sum = SweepMapper.sum(new SweepSum(3, 7, new float[] {1, 2, 4}, 1, 11));
        assertThat(SweepMapper.sum(sum).gram()).containsExactly(1, 2, 4);
        assertThat(sum.getRows()).isEqualTo(1);
        assertThat(sum.getUpdates()).isEqualTo(11);
        SweepMapper.rows(
                sum, (vector, partner) -> assertThat(vector).as("no rows").isNull());
    }
}
