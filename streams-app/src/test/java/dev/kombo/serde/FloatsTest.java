package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FloatsTest {

    @Property(tries = 200, seed = "11")
    void shouldGiveBackEveryBitWhenReadAgain(@ForAll float[] values) {
        assertThat(Floats.fromBuffer(Floats.toBuffer(values))).containsExactly(values);
    }

    @Test
    void shouldPutTheLeastSignificantByteFirst() {
        assertThat(Floats.toBytes(new float[] {1f})).containsExactly(0, 0, 0x80, 0x3f);
    }

    @Test
    void shouldReadFromPositionToLimitAndLeaveTheBufferAsItWas() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(16);
        buffer.position(4).put(Floats.toBytes(new float[] {2f, -3f})).flip().position(4);

        assertThat(Floats.length(buffer)).isEqualTo(2);
        assertThat(Floats.fromBuffer(buffer)).containsExactly(2f, -3f);
        assertThat(buffer.position()).isEqualTo(4);
        assertThat(buffer.limit()).isEqualTo(12);
    }

    @Test
    void shouldRefuseALengthThatDoesNotFit() {
        assertThatThrownBy(() -> Floats.fromBuffer(ByteBuffer.allocate(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 bytes");
    }
}
