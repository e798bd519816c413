package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.KomboConfig.ConfigProblemsException;
import dev.kombo.config.SettingsSource;
import dev.kombo.metric.KomboMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts, dashboard and manifests speak of what the code has. */
class OperationsFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path RULES = ROOT.resolve("docker/prometheus/rules.yml");
    private static final Path DASHBOARD = ROOT.resolve("docker/grafana/dashboards/kombo.json");
    private static final Path OPERATIONS = ROOT.resolve("topology-docs/operations.md");

    @Test
    void shouldNameOnlyMetricsThatThePageOfMetricsHas() throws IOException {
        Set<String> known = new HashSet<>();
        Arrays.stream(KomboMetric.values()).forEach(metric -> known.addAll(metric.series()));
        Arrays.stream(KafkaMetric.values()).forEach(metric -> known.add(metric.prometheusName()));

        assertThat(found(RULES, "\\b(?:kombo|kafka)_[a-z0-9_]+")).isNotEmpty().isSubsetOf(known);
        assertThat(found(DASHBOARD, "\\b(?:kombo|kafka)_[a-z0-9_]+"))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void shouldSayWhatToDoAtEachAlertAndTestEach() throws IOException {
        Set<String> alerts = found(RULES, "(?<=- alert: )\\w+");
        assertThat(alerts).isNotEmpty();
        assertThat(found(OPERATIONS, "(?<=\\n### )Kombo\\w+")).isEqualTo(alerts);
        assertThat(found(ROOT.resolve("docker/prometheus/rules.test.yml"), "(?<=alertname: )\\w+"))
                .isEqualTo(alerts);
    }

    @Test
    void shouldSetOnlySettingsThatExist() throws IOException {
        Set<String> variables = new TreeSet<>();
        for (Path file : manifests()) {
            variables.addAll(found(file, "\\bKOMBO_[A-Z0-9_]+"));
        }
        assertThat(variables).contains("KOMBO_BOOTSTRAP_SERVERS", "KOMBO_STATE_DIR");
        for (String variable : variables) {
            Map<String, String> given = SettingsSource.gather(null, Map.of(variable, "x"), Map.of());
            assertThat(unknown(given)).as(variable).isEmpty();
        }
    }

    /** Problems with names, not with the value given. */
    private static List<String> unknown(Map<String, String> given) {
        try {
            KomboConfig.of(given);
            return List.of();
        } catch (ConfigProblemsException e) {
            return e.problems().stream()
                    .filter(problem -> problem.contains("unknown setting"))
                    .toList();
        }
    }

    private static List<Path> manifests() throws IOException {
        try (Stream<Path> docker = Files.walk(ROOT.resolve("docker"));
                Stream<Path> kubernetes = Files.walk(ROOT.resolve("k8s"))) {
            return Stream.concat(docker, kubernetes)
                    .filter(file -> file.toString().matches(".*(\\.ya?ml|\\.env|Dockerfile)"))
                    .toList();
        }
    }

    private static Set<String> found(Path file, String pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .forEach(found::add);
        return found;
    }
}
