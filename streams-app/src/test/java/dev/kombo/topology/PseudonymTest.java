package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.PrivacySettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.RejectedEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands for ids where a key is set, and that nothing else changes. */
class PseudonymTest {
    private static final String ID = "ann@shop.example";
    private static final String KEY = "k".repeat(32);

    @TempDir
    Path stateDir;

    private List<OfferOutcome> outcomes(Map<String, String> settings, boolean pseudonyms) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(OfferSettings.TRIGGERS.name(), "VIEW");
        try (EngineDriver engine = new EngineDriver(stateDir.resolve("" + pseudonyms), all)) {
            engine.item("a", 1000);
            engine.item("b", 2000);
            engine.bundle("ab", 2700, "a", "b");
            engine.send(EngineDriver.event("view", ID, EventType.VIEW, Duration.ofSeconds(1))
                    .setItemId("a"));
            engine.send(EngineDriver.event("bad", ID, EventType.PURCHASE, Duration.ofSeconds(2))
                    .setItemId("a")
                    .setQuantity(-1));
            List<KeyValue<String, RejectedEvent>> rejected =
                    engine.output(engine.topics.name(Topic.REJECTED_EVENT), RejectedEvent.class);
            assertThat(rejected).hasSize(1);
            assertThat(rejected.get(0).toString().contains(ID)).isEqualTo(!pseudonyms);
            assertThat(engine.offers()).allMatch(offer -> offer.getUserId().equals(ID));
            return engine.outcomes();
        }
    }

    @Test
    void shouldPutPseudonymsForIdsInWhatOthersReadWhenThereIsAKey() {
        List<OfferOutcome> plain = outcomes(Map.of(), false);
        List<OfferOutcome> hidden = outcomes(Map.of(PrivacySettings.KEY.name(), KEY), true);

        assertThat(plain).isNotEmpty().allMatch(outcome -> outcome.getUserId().equals(ID));
        assertThat(hidden).hasSameSizeAs(plain);
        String pseudonym = pseudonym(KEY, "1");
        assertThat(pseudonym).matches("p1-[A-Za-z0-9_-]{22}");
        assertThat(hidden).allMatch(outcome -> outcome.getUserId().equals(pseudonym));
        hidden.forEach(outcome -> outcome.setUserId(ID));
        assertThat(hidden).isEqualTo(plain);
    }

    @Test
    void shouldHaveAnotherPseudonymForEachKeyAndVersion() {
        assertThat(List.of(pseudonym(KEY, "1"), pseudonym(KEY, "2"), pseudonym("l".repeat(32), "1")))
                .doesNotHaveDuplicates();
        assertThat(pseudonym(KEY, "7")).startsWith("p7-").isEqualTo(pseudonym(KEY, "7"));
    }

    private static String pseudonym(String key, String version) {
        return Pseudonyms.of(KomboConfig.of(
                        Map.of(PrivacySettings.KEY.name(), key, PrivacySettings.KEY_VERSION.name(), version)))
                .of(ID);
    }

    @Test
    void shouldPutPseudonymsForKeysOfDeadLettersWhenThereIsAKey() {
        try (EngineDriver engine = new EngineDriver(stateDir, Map.of(PrivacySettings.KEY.name(), KEY))) {
            engine.driver
                    .createInputTopic(
                            engine.topics.name(Topic.BEHAVIOR_EVENT), new StringSerializer(), new StringSerializer())
                    .pipeInput(ID, "garbage");
            byte[] key = engine.driver
                    .createOutputTopic(
                            engine.topics.name(Topic.DEAD_LETTER),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer())
                    .readKeyValue()
                    .key;
            assertThat(new String(key, StandardCharsets.UTF_8)).isEqualTo(pseudonym(KEY, "1"));
        }
    }
}
