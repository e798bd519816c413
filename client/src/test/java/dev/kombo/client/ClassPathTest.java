package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The class path that this module brings into a shop's service. */
class ClassPathTest {

    private static final Pattern OF_TESTS =
            Pattern.compile("/(junit|jqwik|assertj|opentest4j|apiguardian|byte-buddy|surefire)[^/]*\\.jar$");

    @Test
    void shouldBringKafkasClientAndAvroAndNoMore() {
        List<File> jars = Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> entry.endsWith(".jar")
                        && !entry.contains("kombo-")
                        && !OF_TESTS.matcher(entry).find())
                .map(File::new)
                .toList();
        long bytes = jars.stream().mapToLong(File::length).sum();
        System.out.printf("The client's jars: %,d bytes%n", bytes);

        assertThat(jars.stream().map(jar -> jar.getName().replaceFirst("-\\d.*", "")))
                .containsExactlyInAnyOrder(
                        "avro",
                        "commons-codec",
                        "commons-compress",
                        "commons-io",
                        "commons-lang3",
                        "jackson-annotations",
                        "jackson-core",
                        "jackson-databind",
                        "jspecify",
                        "kafka-clients",
                        "lz4-java",
                        "slf4j-api",
                        "snappy-java",
                        "zstd-jni");
        assertThat(bytes).isBetween(1L, 30_000_000L);
    }
}
