package dev.kombo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KomboConfigTest {
    static List<ConfigDef.ConfigKey> settings() {
        return List.copyOf(KomboConfig.definition().configKeys().values());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void shouldDocumentEachSettingAndAcceptItsDefault(ConfigDef.ConfigKey setting) {
        assertThat(setting.name).matches("kombo(\\.[a-z]+){2,6}");
        assertThat(setting.documentation).endsWith(".").hasSizeGreaterThan(15);
        assertThat(setting.hasDefault()).isTrue();
        if (setting.validator != null) {
            setting.validator.ensureValid(setting.name, setting.defaultValue);
        }
        if (setting.name.endsWith(".ms")) {
            assertThat(setting.documentation).as("states its unit").contains("milliseconds");
        }
    }

    @Test
    void shouldDefineExactlyTheNamesThatTheCodeReads() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : KomboConfig.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && field.getType() == String.class
                    && Modifier.isPublic(field.getModifiers())) {
                names.add((String) field.get(null));
            }
        }
        names.removeAll(List.of(KomboConfig.STREAMS_PREFIX, KomboConfig.AVRO_PREFIX));
        assertThat(names).doesNotHaveDuplicates();
        assertThat(KomboConfig.definition().names()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void shouldRunOnDefaultsAlone() {
        assertThat(KomboConfig.of(Map.of()).getString(KomboConfig.PROCESSING_GUARANTEE))
                .isEqualTo("exactly_once_v2");
    }

    @ParameterizedTest
    @CsvSource({
        "kombo.offer.sice, kombo.offer.size",
        "kombo.lerning.factors, kombo.learning.factors",
        "kombo.topic.partition, kombo.topic.partitions",
        "kombo.mining.lift.min, kombo.mining.lift"
    })
    void shouldSuggestTheNearestNameWhenASettingIsUnknown(String wrong, String nearest) {
        assertThat(problems(Map.of(wrong, "1")))
                .singleElement()
                .isEqualTo(wrong + ": unknown setting; the nearest known name is " + nearest);
    }

    @Test
    void shouldNameAllProblemsAtOnce() {
        List<String> problems = problems(Map.of(
                "kombo.offer.sice",
                "3",
                KomboConfig.OFFER_SIZE,
                "0",
                KomboConfig.LEARNING_FACTORS,
                "many",
                KomboConfig.PROCESSING_GUARANTEE,
                "at_most_once",
                KomboConfig.OFFER_TRIGGERS,
                "VIEW,SNEEZE",
                KomboConfig.RULE_COOL_DOWN_CATEGORIES,
                "food"));
        assertThat(problems).hasSize(6);
        for (String name : List.of(
                "kombo.offer.sice",
                KomboConfig.OFFER_SIZE,
                KomboConfig.LEARNING_FACTORS,
                KomboConfig.PROCESSING_GUARANTEE,
                KomboConfig.OFFER_TRIGGERS,
                KomboConfig.RULE_COOL_DOWN_CATEGORIES)) {
            assertThat(problems).anyMatch(problem -> problem.startsWith(name + ":"));
        }
    }

    @Test
    void shouldNameWhatContradictsEachOtherBesideWhatCannotBeUsed() {
        List<String> problems = problems(Map.of(
                "kombo.offer.sice", "3", KomboConfig.API_HOST, "0.0.0.0", KomboConfig.API_KEYSTORE_PASSWORD, "secret"));

        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("secret"));
        // Whether there are tokens is not known while the list of them cannot be read.
        assertThat(problems(Map.of(KomboConfig.API_HOST, "0.0.0.0", KomboConfig.API_TOKENS, "a:b")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(KomboConfig.API_TOKENS));
    }

    @ParameterizedTest
    @CsvSource({
        "kombo.streams.security.protocol, NONSENSE, Invalid value NONSENSE",
        "kombo.streams.num.standby.replicas, x, Invalid value x",
        "kombo.streams.producer.linger.ms, -5, Invalid value -5",
        "kombo.streams.num.standby.replica, 1, is kombo.streams.num.standby.replicas",
        "kombo.streams.consumer.sesion.timeout.ms, 1, is kombo.streams.consumer.session.timeout.ms"
    })
    void shouldRefuseASettingOfKafkaThatKafkaWouldNotTake(String name, String value, String words) {
        assertThat(problems(Map.of(name, value)))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(name + ":").contains(words));
    }

    @Test
    void shouldLeaveSettingsOfPlugInsAlone() {
        KomboConfig.of(Map.of(
                "kombo.streams.my.interceptor.level", "9",
                "kombo.streams.consumer.my.interceptor.level", "9",
                "kombo.streams.topic.retention.ms", "1000"));
    }

    @ParameterizedTest
    @CsvSource({
        "kombo.rule.price.min.minor, 10, kombo.rule.price.max.minor, 9",
        "kombo.popularity.short.half.life.ms, 2000, kombo.popularity.long.half.life.ms, 1000",
        "kombo.mining.support.min, 9, kombo.mining.support.max, 8"
    })
    void shouldRefuseBoundsThatContradictEachOther(String smaller, String low, String larger, String high) {
        assertThat(problems(Map.of(smaller, low, larger, high)))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(smaller).contains(larger));
        KomboConfig.of(Map.of(smaller, high, larger, low));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-1", "2"})
    void shouldRefuseNumbersOutsideTheirRange(String value) {
        assertThat(problems(Map.of(KomboConfig.TRAINING_SHARE, value))).hasSize(1);
    }

    @Test
    void shouldPassOnSettingsOfKafkaAndTheRegistryWithoutTheirPrefix() {
        Map<String, String> settings = new HashMap<>();
        settings.put("kombo.streams.num.standby.replicas", "1");
        settings.put("kombo.streams.producer.linger.ms", "7");
        settings.put("kombo.avro.basic.auth.user.info", "me:secret");
        KomboConfig config = KomboConfig.of(settings);
        assertThat(config.streamsSettings())
                .containsOnly(Map.entry("num.standby.replicas", "1"), Map.entry("producer.linger.ms", "7"));
        assertThat(config.avroSettings())
                .containsEntry("basic.auth.user.info", "me:secret")
                .containsEntry("schema.registry.url", "mock://kombo")
                .containsEntry(KomboConfig.SERIALIZER_CLASS, "dev.kombo.serde.KomboAvroSerializer");
    }

    @Test
    void shouldSayInItsMessageWhatIsWrong() {
        assertThatThrownBy(() -> KomboConfig.of(Map.of(KomboConfig.API_PORT, "70000")))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("kombo.api.port")
                .hasMessageContaining("70000");
    }

    @Test
    void shouldRefuseToRerankMoreThanThereAreCandidates() {
        Map<String, String> settings = Map.of(KomboConfig.RANKING_CANDIDATES, "100", KomboConfig.RANKER_RERANK, "101");
        assertThat(problems(settings))
                .containsExactly("kombo.ranker.rerank: 101 must not be above kombo.ranking.candidates, 100");
    }

    private static List<String> problems(Map<String, String> settings) {
        return catchThrowableOfType(ConfigProblemsException.class, () -> KomboConfig.of(settings))
                .problems();
    }

    @Test
    void shouldRefuseAnApiForOtherMachinesWhenThereAreNoTokens() {
        assertThatThrownBy(() -> KomboConfig.of(Map.of(KomboConfig.API_HOST, "0.0.0.0")))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("kombo.api.host: 0.0.0.0 is reached by other machines")
                .hasMessageContaining("kombo.api.tokens");
        String entry = "ops:read+ingest:" + "ab".repeat(32);
        assertThat(KomboConfig.of(Map.of(KomboConfig.API_HOST, "0.0.0.0", KomboConfig.API_TOKENS, entry))
                        .getList(KomboConfig.API_TOKENS))
                .containsExactly(entry);
        for (String local : List.of("127.0.0.1", "127.1.2.3", "::1", "localhost")) {
            KomboConfig.of(Map.of(KomboConfig.API_HOST, local));
        }
    }

    @Test
    void shouldNotShowWhatWasWrittenInPlaceOfATokensHash() {
        for (String wrong :
                List.of("my-secret", "ops:read:my-secret", "ops:owner:" + "ab".repeat(32), "my-secret:read:" + "a")) {
            assertThatThrownBy(() -> KomboConfig.of(Map.of(KomboConfig.API_TOKENS, wrong)))
                    .isInstanceOf(ConfigProblemsException.class)
                    .hasMessageContaining("entry 1 is not name:roles:SHA-256")
                    .hasMessageNotContaining("my-secret");
        }
        String twice = "ops:read:" + "ab".repeat(32);
        assertThatThrownBy(() -> KomboConfig.of(Map.of(KomboConfig.API_TOKENS, twice + "," + twice)))
                .hasMessageContaining("ops is there twice");
    }

    @Test
    void shouldRefuseAnAddressOrACertificateThatCannotBe() {
        assertThatThrownBy(() -> KomboConfig.of(Map.of(
                        KomboConfig.API_ADVERTISED, "kombo-0",
                        KomboConfig.API_KEYSTORE_PASSWORD, "x",
                        KomboConfig.API_TRUSTSTORE, "trust.p12")))
                .hasMessageContaining("host:port is expected");
        assertThatThrownBy(() -> KomboConfig.of(
                        Map.of(KomboConfig.API_KEYSTORE_PASSWORD, "x-secret", KomboConfig.API_TRUSTSTORE, "trust.p12")))
                .hasMessageContaining("kombo.api.tls.keystore.password: there is no kombo.api.tls.keystore")
                .hasMessageContaining("kombo.api.tls.truststore: there is no kombo.api.tls.keystore")
                .hasMessageNotContaining("x-secret");
        KomboConfig.of(Map.of(KomboConfig.API_ADVERTISED, "[::1]:7700"));
    }
}
