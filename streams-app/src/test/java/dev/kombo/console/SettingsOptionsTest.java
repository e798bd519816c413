package dev.kombo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.event.OfferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SettingsOptionsTest {
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    @Test
    void shouldPreferTheCommandLineThenTheEnvironmentThenTheFile() throws IOException {
        Path file = folder.resolve("kombo.properties");
        Files.writeString(
                file, "kombo.offer.size=1\nkombo.stream.threads=1\nkombo.offer.placement=file\nkombo.api.port=1\n");
        environment.put("KOMBO_OFFER_SIZE", "2");
        environment.put("KOMBO_STREAM_THREADS", "2");

        KomboConfig config = parse("--config", file.toString(), "-Dkombo.offer.size=3", "--set", "kombo.api.port=0")
                .config();

        assertThat(config.get(OfferSettings.SIZE)).isEqualTo(3);
        assertThat(config.get(ApiSettings.PORT)).isZero();
        assertThat(config.get(ServiceSettings.STREAM_THREADS)).isEqualTo(2);
        assertThat(config.get(OfferSettings.PLACEMENT)).isEqualTo("file");
        assertThat(config.get(ServiceSettings.TOPIC_PARTITIONS)).isEqualTo(4);
    }

    @Test
    void shouldTakeAnEmptyValueAndOneWithAnEqualsSign() {
        KomboConfig config = parse("-Dkombo.topic.prefix=", "-Dkombo.streams.sasl.jaas.config=a b=c;")
                .config();

        assertThat(config.get(ServiceSettings.TOPIC_PREFIX)).isEmpty();
        assertThat(config.streamsSettings()).containsEntry("sasl.jaas.config", "a b=c;");
    }

    @Test
    void shouldLetAnOptionOfTheCommandCountLikeTheCommandLine() {
        environment.put("KOMBO_API_PORT", "1");

        assertThat(parse().gather(Map.of("kombo.api.port", "2"))).containsEntry("kombo.api.port", "2");
    }

    @Test
    void shouldRefuseWhenAnOptionAndASettingContradictEachOther() {
        SettingsOptions options = parse("-Dkombo.api.port=1");

        assertThatThrownBy(() -> options.gather(Map.of("kombo.api.port", "2")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("kombo.api.port");
    }

    private SettingsOptions parse(String... arguments) {
        SettingsOptions options = new SettingsOptions(environment);
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("settings", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return options;
    }
}
