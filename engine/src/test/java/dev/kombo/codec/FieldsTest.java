package dev.kombo.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private enum Colour {
        RED,
        GREEN
    }

    private static final class Everything {
        private int octet;
        private boolean flag;
        private int number;
        private long large;
        private long time;
        private long later;
        private long hash;
        private int bits;
        private float weight;
        private double mean;
        private String text;
        private String none = "a text";
        private String id = "";
        private byte[] bytes = {};
        private float[] reals = {};
        private double[] means = {};
        private ByteBuffer block = ByteBuffer.allocate(0);
        private String usual = "";
        private String unusual = "";
        private short[] shorts = {};
        private Colour colour = Colour.RED;
        private String optional;
        private List<String> texts = List.of();
        private final Map<String, Long> numbers = new HashMap<>();
        private final Map<Long, String> names = new HashMap<>();
        private final Map<Integer, String> byLength = new HashMap<>();

        void fields(Fields f) {
            octet = f.octet(octet);
            flag = f.flag(flag);
            number = f.number(number);
            large = f.number(large);
            later = f.number(later);
            time = f.before(time, later);
            later = f.after(later, time);
            hash = f.fixed(hash);
            bits = f.fixed(bits);
            weight = f.real(weight);
            mean = f.real(mean);
            text = f.text(text);
            none = f.textOrNull(none);
            id = f.hex(id);
            bytes = f.bytes(bytes);
            reals = f.reals(reals);
            means = f.reals(means);
            block = f.block(block);
            usual = f.usually("usual", usual, (value, fields) -> fields.text(value));
            unusual = f.usually("usual", unusual, (value, fields) -> fields.text(value));
            shorts = f.shorts(shorts);
            colour = f.constant(colour, Colour.values());
            optional = f.optional(optional, "", (value, fields) -> fields.text(value));
            texts = f.texts(texts);
            f.numbers(numbers);
            f.each(names, 0L, (key, fields) -> fields.number(key), "", (name, fields) -> fields.text(name));
            f.each(byLength, "", (name, fields) -> fields.text(name), String::length);
        }
    }

    private static Everything everything() {
        Everything all = new Everything();
        all.octet = 255;
        all.flag = true;
        all.number = -300;
        all.large = Long.MIN_VALUE;
        all.time = 1_000;
        all.later = 900;
        all.hash = 0x8000_0000_ffff_0001L;
        all.bits = -2;
        all.weight = Float.MIN_VALUE;
        all.mean = -0.0;
        all.text = "Gr\u00fc\u00dfe";
        all.none = null;
        all.id = "00c0ffee00c0ffee";
        all.bytes = new byte[] {1, 0, -1};
        all.reals = new float[] {0.5f, -1e30f};
        all.means = new double[] {Double.NaN, -1e300};
        all.block = ByteBuffer.wrap(new byte[] {9, 1, 0, -1, 9}, 1, 3);
        all.usual = "usual";
        all.unusual = "rare";
        all.shorts = new short[] {-1, 256, 0};
        all.colour = Colour.GREEN;
        all.optional = "there";
        all.texts = List.of("a", "b");
        all.numbers.put("EUR", Long.MAX_VALUE);
        all.numbers.put("GBP", -1L);
        all.names.put(-9L, "minus nine");
        all.names.put(Long.MAX_VALUE, "");
        all.byLength.put(2, "ab");
        all.byLength.put(0, "");
        return all;
    }

    @Test
    void shouldReadAllKindsOfFieldsAsWritten() {
        Everything read = new Everything();
        Stored.copy(everything()::fields, read::fields);

        assertThat(read)
                .usingRecursiveComparison(Stored.NUMBERS)
                .ignoringFields("block")
                .isEqualTo(everything());
        assertThat(read.block).isEqualTo(everything().block);
        assertThat(Stored.bytes(read::fields)).isEqualTo(Stored.bytes(everything()::fields));
        assertThat(read.texts).as("can be changed").isInstanceOf(ArrayList.class);
    }

    @Test
    void shouldWriteABlockAsBytesFromItsPositionToItsLimitAndLeaveItAsItIs() {
        ByteBuffer block = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
        byte[] written = Stored.bytes(f -> f.block(block));
        assertThat(written).isEqualTo(Stored.bytes(f -> f.bytes(new byte[] {1, 2, 3})));
        assertThat(block.position()).isEqualTo(1);

        FlatReader stored = new FlatReader(written);
        ByteBuffer read = stored.block(ByteBuffer.allocate(0));
        written[1] = 7;
        assertThat(read.get(0)).as("is no copy").isEqualTo((byte) 7);
        assertThat(stored.hasMore()).isFalse();
    }

    @Test
    void shouldTakeAByteForAUsualValue() {
        assertThat(Stored.bytes(f -> f.usually("usual", "usual", (value, fields) -> fields.text(value))))
                .hasSize(1);
    }

    @Test
    void shouldRefuseBytesThatHoldNoTextWhereOneIsNeeded() {
        FlatReader stored = new FlatReader(Stored.bytes(f -> f.textOrNull(null)));

        assertThatThrownBy(() -> stored.text(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no text");
    }

    @Test
    void shouldTakeIdsThatAreNoHexadecimalNumbersAsTheyAre() {
        for (String id : List.of("", "00C0FFEE00C0FFEE", "00c0ffee00c0ffeg", "00c0ffee00c0ffee0")) {
            Everything one = everything();
            one.id = id;
            Everything read = new Everything();
            Stored.copy(one::fields, read::fields);
            assertThat(read.id).isEqualTo(id);
        }
    }

    /** A class as it was, and as it is after a release that added a field. */
    private static class Before {
        int version = 1;
        long count;

        void fields(Fields f) {
            f.version("a counter", version, 1, 1);
            count = f.number(count);
        }
    }

    private static final class After extends Before {
        private String name = "unknown";
        private long end;

        private After() {
            version = 2;
        }

        @Override
        void fields(Fields f) {
            super.fields(f);
            if (f.since(2)) {
                name = f.text(name);
            }
            end = f.number(end);
        }
    }

    @Test
    void shouldGiveTheDefaultWhenAStateIsOlderThanTheField() {
        After read = new After();
        FlatWriter old = new FlatWriter();
        old.version("a counter", 1, 1, 1);
        old.number(42L);
        old.number(7L);

        read.fields(new FlatReader(old.toBytes()));

        assertThat(read.count).isEqualTo(42);
        assertThat(read.name).isEqualTo("unknown");
        assertThat(read.end).isEqualTo(7);
        read.name = "visits";
        After again = new After();
        Stored.copy(read::fields, again::fields);
        assertThat(again.name).as("written since").isEqualTo("visits");
        assertThat(again.end).isEqualTo(7);
    }

    @Test
    void shouldRefuseAStateOfABuildBetweenTheLastReleaseAndThis() {
        After next = new After();
        next.version = 3;
        byte[] between = Stored.bytes(new After()::fields);
        assertThatThrownBy(() -> next.fields(new FlatReader(between)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a counter has the layout 2, which this version of Kombo does not read");
    }

    @Test
    void shouldRefuseAStateOfALaterVersion() {
        byte[] later = Stored.bytes(new After()::fields);
        assertThatThrownBy(() -> new Before().fields(new FlatReader(later)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a counter has the layout 2, which this version of Kombo does not read");
        byte[] earlier = {0};
        assertThatThrownBy(() -> new Before().fields(new FlatReader(earlier)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a counter has the layout 0, which this version of Kombo does not read");
    }

    @Test
    void shouldRefuseASizeBeyondTheEndBeforeAllocatingIt() {
        for (long size : new long[] {3, Integer.MAX_VALUE, -1}) {
            byte[] broken = Stored.bytes(f -> {
                f.number(size);
                f.octet(0);
                f.octet(0);
            });
            assertThatThrownBy(() -> new FlatReader(broken).block(ByteBuffer.allocate(0)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new FlatReader(broken).reals(new double[0]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new FlatReader(broken).texts(List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a size of " + size + " is stored, but only 2 bytes follow");
        }
    }

    @Test
    void shouldRoundRealsToEightBitsAndKeepZerosExactly() {
        SplittableRandom random = new SplittableRandom(7);
        for (int size = 0; size < 30; size++) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = random.nextInt(3) == 0 ? 0 : (float) (random.nextGaussian() * Math.pow(10, i % 20 - 10));
            }
            FlatWriter out = new FlatWriter();
            out.roundedReals(values);
            byte[] written = out.toBytes();
            float[] read = new FlatReader(written).roundedReals(new float[0]);

            int zeros =
                    (int) IntStream.range(0, size).filter(i -> values[i] == 0).count();
            assertThat(written).hasSize(2 + (size + 7) / 8 + 2 * (size - zeros));
            assertThat(read).hasSize(size);
            for (int i = 0; i < size; i++) {
                assertThat(read[i]).isCloseTo(values[i], within(Math.abs(values[i]) / 256));
            }
            out.clear().roundedReals(read);
            assertThat(out.toBytes()).as("rounded once").isEqualTo(written);
        }
    }

    @Test
    void shouldRoundTheLargestRealsToInfinityAndKeepThatAndNotANumber() {
        FlatWriter out = new FlatWriter();
        out.roundedReals(new float[] {Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN});

        assertThat(new FlatReader(out.toBytes()).roundedReals(new float[0]))
                .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN);
    }
}
