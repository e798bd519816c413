package dev.kombo.shop.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kombo.client.SchemaRegistryClient;
import dev.kombo.client.SchemaRegistryClients;
import dev.kombo.client.SchemaRegistryException;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every registry client must do; run over each of them. */
abstract class SchemaRegistryClientContract {

    private static final Schema EVENT = BehaviorEvent.getClassSchema();
    private static final Schema BUNDLE = Bundle.getClassSchema();

    /** The address of an empty registry, the same throughout a test. */
    abstract String url();

    /** Further settings that a client of the registry needs. */
    Map<String, String> settings() {
        return Map.of();
    }

    /** Another client of the registry, which knows nothing yet. */
    private SchemaRegistryClient client() {
        Map<String, Object> all = new HashMap<>(settings());
        all.put("schema.registry.url", url());
        all.put("max.retries", 0);
        return SchemaRegistryClients.create(all);
    }

    @Test
    void shouldGiveTheSameIdWhenTheSameSchemaIsRegisteredAgainOrElsewhere() {
        int id = client().register("a-value", EVENT);

        assertThat(client().register("a-value", EVENT)).isEqualTo(id);
        assertThat(client().register("b-value", EVENT)).isEqualTo(id);
        assertThat(client().register("c-value", BUNDLE)).isNotEqualTo(id);
    }

    @Test
    void shouldGiveBackTheWholeSchemaByItsId() {
        int id = client().register("a-value", EVENT);

        assertThat(client().byId(id)).hasToString(EVENT.toString());
    }

    @Test
    void shouldTellSchemasApartWhenOnlyADocDiffers() {
        SchemaRegistryClient client = client();
        int one = client.register("one-value", record("text", "One."));
        int two = client.register("two-value", record("text", "Two."));

        assertThat(two).isNotEqualTo(one);
        assertThat(client().byId(two).getField("text").doc()).isEqualTo("Two.");
    }

    @Test
    void shouldFindTheIdWithoutRegistering() {
        assertThat(failure(() -> client().idOf("a-value", EVENT)))
                .matches(SchemaRegistryException::notFound)
                .hasMessageContaining("a-value");

        int id = client().register("a-value", EVENT);

        assertThat(client().idOf("a-value", EVENT)).isEqualTo(id);
        assertThat(failure(() -> client().idOf("a-value", BUNDLE)).errorCode()).isEqualTo(40403);
        assertThat(failure(() -> client().idOf("b-value", EVENT)).errorCode()).isEqualTo(40401);
    }

    @Test
    void shouldRefuseASchemaThatCannotReadWhatTheLatestWrote() {
        SchemaRegistryClient client = client();
        client.register("a-value", record("text", ""));

        assertThat(failure(() -> client.register("a-value", record("number", ""))))
                .matches(SchemaRegistryException::incompatible)
                .matches(failure -> !failure.retriable())
                .hasMessageContaining("a-value")
                .hasMessageContaining("number");
        assertThat(failure(() -> client.idOf("a-value", record("number", ""))).notFound())
                .isTrue();
    }

    @Test
    void shouldTakeASchemaThatCanReadWhatTheLatestWrote() {
        SchemaRegistryClient client = client();
        int first = client.register("a-value", record("text", ""));
        int second = client.register("a-value", optional("text", "note"));

        assertThat(second).isNotEqualTo(first);
        assertThat(client().idOf("a-value", record("text", ""))).isEqualTo(first);
    }

    @Test
    void shouldSayThatIdsAndSubjectsAreUnknown() {
        assertThat(failure(() -> client().byId(999)))
                .matches(SchemaRegistryException::notFound)
                .hasMessageContaining("999");
        assertThat(failure(() -> client().idOf("nowhere-value", EVENT)))
                .matches(SchemaRegistryException::notFound)
                .hasMessageContaining("nowhere-value");
    }

    @Test
    void shouldKeepSubjectsApartWhateverTheirNames() {
        int one = client().register("a/b value+%-value", EVENT);

        assertThat(client().idOf("a/b value+%-value", EVENT)).isEqualTo(one);
        assertThat(failure(() -> client().idOf("a", EVENT)).errorCode()).isEqualTo(40401);
    }

    @Test
    void shouldGiveEachSchemaOneIdWhenManyThreadsRegisterAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Integer>>> results = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> {
                        SchemaRegistryClient client = client();
                        return IntStream.range(0, 10)
                                .map(i -> client.register("s" + i + "-value", record("f" + i, "")))
                                .boxed()
                                .toList();
                    }))
                    .toList();
            Set<List<Integer>> seen = new HashSet<>();
            for (Future<List<Integer>> result : results) {
                seen.add(result.get());
            }
            assertThat(seen).hasSize(1);
            assertThat(seen.iterator().next()).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Schema record(String field, String doc) {
        return SchemaBuilder.record("R")
                .namespace("t")
                .fields()
                .name(field)
                .doc(doc)
                .type()
                .stringType()
                .noDefault()
                .endRecord();
    }

    private static Schema optional(String field, String optional) {
        return SchemaBuilder.record("R")
                .namespace("t")
                .fields()
                .requiredString(field)
                .optionalString(optional)
                .endRecord();
    }

    private static SchemaRegistryException failure(ThrowingCallable call) {
        SchemaRegistryException failure = catchThrowableOfType(SchemaRegistryException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
