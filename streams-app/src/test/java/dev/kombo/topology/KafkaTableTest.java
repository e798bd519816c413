package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kombo.engine.task.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that cannot be decoded concerns only those who read it. */
class KafkaTableTest {
    private static final String DAMAGED = "damaged";

    @TempDir
    Path folder;

    private KafkaTables tables;
    private Table<String, String> table;

    @BeforeEach
    void open() {
        tables = new KafkaTables(folder);
        table = tables.open(
                "test",
                engine -> Serdes.serdeFrom(Serdes.String().serializer(), (topic, bytes) -> decoded(topic, bytes)));
        table.put("a", "first");
        table.put("b", DAMAGED);
        table.put("c", "last");
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private static String decoded(String topic, byte[] bytes) {
        String value = Serdes.String().deserializer().deserialize(topic, bytes);
        if (DAMAGED.equals(value)) {
            throw new IllegalArgumentException("cannot be read");
        }
        return value;
    }

    @Test
    void shouldSkipAValueThatCannotBeDecoded() {
        List<String> keys = new ArrayList<>();
        assertThat(table.range(null, null, Integer.MAX_VALUE, (key, value) -> keys.add(key)))
                .isTrue();
        assertThat(keys).containsExactly("a", "b", "c");
    }

    @Test
    void shouldGoOnBehindAValueThatCannotBeDecoded() {
        List<String> values = new ArrayList<>();
        table.range(null, null, Integer.MAX_VALUE, (key, value) -> {
            if (key.equals("b")) {
                assertThatIllegalArgumentException().isThrownBy(value::get);
            } else {
                values.add(value.get());
            }
        });
        assertThat(values).containsExactly("first", "last");
    }
}
