package dev.kombo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourceTest {
    @TempDir
    Path folder;

    @Test
    void shouldPreferCommandLineOverEnvironmentOverFile() throws IOException {
        Path file = folder.resolve("kombo.properties");
        Files.writeString(file, """
                kombo.offer.size=1
                kombo.api.port=1
                kombo.api.host=in.file
                """);
        Map<String, String> settings = SettingsSource.gather(
                file, Map.of("KOMBO_OFFER_SIZE", "2", "KOMBO_API_PORT", "2"), Map.of("kombo.offer.size", "3"));
        assertThat(settings)
                .containsOnly(
                        Map.entry("kombo.offer.size", "3"),
                        Map.entry("kombo.api.port", "2"),
                        Map.entry("kombo.api.host", "in.file"));
    }

    @Test
    void shouldReadKombosOwnVariablesOnlyAndNotTheLaunchers() throws IOException {
        Map<String, String> settings = SettingsSource.gather(
                null,
                Map.of(
                        "PATH", "/bin",
                        "KOMBO_JAVA_OPTS", "-Xmx1g",
                        "KOMBO_STREAMS_NUM_STANDBY_REPLICAS", "1",
                        "KOMBO_AVRO_SCHEMA_REGISTRY_URL", "http://registry"),
                Map.of());
        assertThat(settings)
                .containsOnly(
                        Map.entry("kombo.streams.num.standby.replicas", "1"),
                        Map.entry("kombo.avro.schema.registry.url", "http://registry"));
    }

    @Test
    void shouldIgnoreSettingsOfEarlierVersionsAndSayWhatReplacesThem() throws IOException {
        Map<String, String> given = new HashMap<>(Map.of(
                "kombo.offer.size",
                "3",
                "kombo.ranker.loss",
                "softmax",
                "kombo.exploration.interval.ms",
                "60000",
                "kombo.ranker.user.balance",
                "1"));
        assertThat(SettingsSource.gather(
                        null, Map.of("KOMBO_RANKER_LOSS", "softmax", "KOMBO_LEARNING_SEED", "5"), given))
                .containsOnly(Map.entry("kombo.offer.size", "3"));
        assertThat(RemovedSettings.takeFrom(given))
                .containsExactly(
                        "kombo.exploration.interval.ms is ignored, since this version does not have it: nothing"
                                + " replaces it, new bundles rank like all others",
                        "kombo.ranker.loss is ignored, since this version does not have it: nothing replaces it, it"
                                + " is always logistic",
                        "kombo.ranker.user.balance is ignored, since this version does not have it: nothing replaces"
                                + " it, each choice weighs the same");
        assertThat(given).containsOnlyKeys("kombo.offer.size");
    }

    @Test
    void shouldRemoveOnlySettingsThatThisVersionDoesNotHave() {
        Map<String, String> declared = new HashMap<>();
        DeclaredSettings.BY_NAME.keySet().forEach(name -> declared.put(name, ""));
        assertThat(RemovedSettings.takeFrom(declared)).isEmpty();
    }

    @Test
    void shouldLetEachSettingBeNamedInTheEnvironment() throws IOException {
        for (String name : DeclaredSettings.BY_NAME.keySet()) {
            String variable = name.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
            assertThat(SettingsSource.gather(null, Map.of(variable, "x"), Map.of()))
                    .containsOnly(Map.entry(name, "x"));
        }
    }

    @Test
    void shouldFailWhenTheFileIsMissing() {
        assertThatThrownBy(() -> SettingsSource.gather(folder.resolve("none"), Map.of(), Map.of()))
                .isInstanceOf(NoSuchFileException.class);
    }
}
