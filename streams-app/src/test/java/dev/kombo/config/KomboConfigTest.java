package dev.kombo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.KomboConfig.ConfigProblemsException;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.settings.Setting;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KomboConfigTest {
    static Collection<Setting<?>> settings() {
        return DeclaredSettings.BY_NAME.values();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void shouldDocumentEachSetting(Setting<?> setting) {
        assertThat(setting.name()).matches("kombo(\\.[a-z]+){2,6}");
        assertThat(setting.doc()).endsWith(".").hasSizeGreaterThan(15);
        if (setting.name().endsWith(".ms")) {
            assertThat(setting.doc()).as("states its unit").contains("milliseconds");
        }
    }

    @Test
    void shouldRunOnDefaultsAlone() {
        assertThat(KomboConfig.of(Map.of()).get(ServiceSettings.PROCESSING_GUARANTEE))
                .isEqualTo("exactly_once_v2");
    }

    @ParameterizedTest
    @CsvSource({
        "kombo.offer.sice, kombo.offer.size",
        "kombo.lerning.factors, kombo.learning.factors",
        "kombo.topic.partition, kombo.topic.partitions",
        "kombo.mining.lift.minimum, kombo.mining.lift.min"
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
                OfferSettings.SIZE.name(),
                "0",
                IndexSettings.FACTORS.name(),
                "many",
                ServiceSettings.PROCESSING_GUARANTEE.name(),
                "at_most_once",
                OfferSettings.TRIGGERS.name(),
                "VIEW,SNEEZE",
                RuleSettings.CATEGORY_COOL_DOWNS.name(),
                "food"));
        assertThat(problems).hasSize(6);
        for (String name : List.of(
                "kombo.offer.sice",
                OfferSettings.SIZE.name(),
                IndexSettings.FACTORS.name(),
                ServiceSettings.PROCESSING_GUARANTEE.name(),
                OfferSettings.TRIGGERS.name(),
                RuleSettings.CATEGORY_COOL_DOWNS.name())) {
            assertThat(problems).anyMatch(problem -> problem.startsWith(name + ":"));
        }
    }

    @Test
    void shouldNameWhatContradictsEachOtherBesideWhatCannotBeUsed() {
        List<String> problems = problems(Map.of(
                "kombo.offer.sice",
                "3",
                ApiSettings.HOST.name(),
                "0.0.0.0",
                ApiSettings.KEYSTORE_PASSWORD.name(),
                "secret"));

        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("secret"));
        // Whether there are tokens is not known while the list of them cannot be read.
        assertThat(problems(Map.of(ApiSettings.HOST.name(), "0.0.0.0", ApiSettings.TOKENS.name(), "a:b")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(ApiSettings.TOKENS.name()));
    }

    @ParameterizedTest
    @CsvSource({
        "kombo.streams.security.protocol, NONSENSE, Invalid value NONSENSE",
        "kombo.streams.num.standby.replicas, x, Invalid value x",
        "kombo.streams.producer.linger.ms, -5, Invalid value -5",
        "kombo.streams.topic.min.insync.replicas, two, Invalid value two",
        "kombo.streams.topic.min.insync.replicas, 0, Value must be at least 1",
        "kombo.streams.topic.min.insync.replica, 2, is kombo.streams.topic.min.insync.replicas",
        "kombo.streams.num.standby.replica, 1, is kombo.streams.num.standby.replicas",
        "kombo.streams.consumer.sesion.timeout.ms, 1, is kombo.streams.consumer.session.timeout.ms"
    })
    void shouldRefuseASettingOfKafkaThatKafkaWouldNotTake(String name, String value, String words) {
        assertThat(problems(Map.of(name, value)))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(name + ":").contains(words));
    }

    @Test
    void shouldRefuseMoreReplicasInSyncThanThereAre() {
        String least = "kombo.streams.topic.min.insync.replicas";
        String replicas = ServiceSettings.TOPIC_REPLICATION.name();
        assertThat(problems(Map.of(replicas, "2", least, "3")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(replicas).contains(least));
        KomboConfig.of(Map.of(replicas, "3", least, "3"));
        KomboConfig.of(Map.of(least, "3"));
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
        "kombo.popularity.short.half.life.ms, 120000, kombo.popularity.long.half.life.ms, 60000",
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
        assertThat(problems(Map.of(TrainingSettings.SAMPLING_RATE.name(), value)))
                .hasSize(1);
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
                .containsEntry(ServiceSettings.SERIALIZER_CLASS.name(), "dev.kombo.client.KomboAvroSerializer");
    }

    @Test
    void shouldSayInItsMessageWhatIsWrong() {
        assertThatThrownBy(() -> KomboConfig.of(Map.of(ApiSettings.PORT.name(), "70000")))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("kombo.api.port")
                .hasMessageContaining("70000");
    }

    @Test
    void shouldRefuseToRerankMoreThanThereAreCandidates() {
        Map<String, String> settings =
                Map.of(RankingSettings.CANDIDATES.name(), "100", RankingSettings.RERANK_CANDIDATES.name(), "101");
        assertThat(problems(settings))
                .containsExactly("kombo.ranker.rerank.candidates: 101 must not be above kombo.ranking.candidates, 100");
    }

    private static List<String> problems(Map<String, String> settings) {
        return catchThrowableOfType(ConfigProblemsException.class, () -> KomboConfig.of(settings))
                .problems();
    }

    @Test
    void shouldRefuseAnApiForOtherMachinesWhenThereAreNoTokens() {
        assertThatThrownBy(() -> KomboConfig.of(Map.of(ApiSettings.HOST.name(), "0.0.0.0")))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("kombo.api.host: 0.0.0.0 is reached by other machines")
                .hasMessageContaining("kombo.api.tokens");
        String entry = "ops:read+ingest:" + "ab".repeat(32);
        assertThat(KomboConfig.of(Map.of(ApiSettings.HOST.name(), "0.0.0.0", ApiSettings.TOKENS.name(), entry))
                        .get(ApiSettings.TOKENS))
                .containsExactly(new ApiToken("ops", Set.of(Role.READ, Role.INGEST), "ab".repeat(32)));
        for (String local : List.of("127.0.0.1", "127.1.2.3", "::1", "localhost")) {
            KomboConfig.of(Map.of(ApiSettings.HOST.name(), local));
        }
    }

    @Test
    void shouldNotShowWhatWasWrittenInPlaceOfATokensHash() {
        for (String wrong :
                List.of("my-secret", "ops:read:my-secret", "ops:owner:" + "ab".repeat(32), "my-secret:read:" + "a")) {
            assertThatThrownBy(() -> KomboConfig.of(Map.of(ApiSettings.TOKENS.name(), wrong)))
                    .isInstanceOf(ConfigProblemsException.class)
                    .hasMessageContaining("entry 1 is not name:roles:SHA-256")
                    .hasMessageNotContaining("my-secret");
        }
        String twice = "ops:read:" + "ab".repeat(32);
        assertThatThrownBy(() -> KomboConfig.of(Map.of(ApiSettings.TOKENS.name(), twice + "," + twice)))
                .hasMessageContaining("ops is there twice");
    }

    @Test
    void shouldRefuseAnAddressOrACertificateThatCannotBe() {
        assertThatThrownBy(() -> KomboConfig.of(Map.of(
                        ApiSettings.ADVERTISED.name(), "kombo-0",
                        ApiSettings.KEYSTORE_PASSWORD.name(), "x",
                        ApiSettings.TRUSTSTORE.name(), "trust.p12")))
                .hasMessageContaining("expected: host:port");
        assertThatThrownBy(() -> KomboConfig.of(Map.of(WebhookSettings.METRICS.name(), "127.0.0.1:70000")))
                .hasMessageContaining("expected: host:port");
        assertThatThrownBy(() -> KomboConfig.of(Map.of(
                        ApiSettings.KEYSTORE_PASSWORD.name(), "x-secret", ApiSettings.TRUSTSTORE.name(), "trust.p12")))
                .hasMessageContaining("kombo.api.tls.keystore.password: there is no kombo.api.tls.keystore")
                .hasMessageContaining("kombo.api.tls.truststore: there is no kombo.api.tls.keystore")
                .hasMessageNotContaining("x-secret");
        for (String secret : new String[] {"x".repeat(31), " ".repeat(40)}) {
            assertThatThrownBy(() -> KomboConfig.of(Map.of(TrackerSettings.USER_SECRET.name(), secret)))
                    .hasMessageContaining("kombo.tracker.user.secret: too short; expected: at least 32 characters")
                    .hasMessageNotContaining(secret);
        }
        KomboConfig.of(Map.of(TrackerSettings.USER_SECRET.name(), "x".repeat(32)));
        KomboConfig.of(Map.of(
                ApiSettings.ADVERTISED.name(), "[::1]:7700", ApiSettings.PEER_SECRET.name(), "known to all instances"));
    }
}
