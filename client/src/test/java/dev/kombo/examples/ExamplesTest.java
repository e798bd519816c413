package dev.kombo.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples compile, as part of this module, and the README shows exactly these. */
class ExamplesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Publish", "ReadOffers"})
    void shouldStandInTheReadme(String example) throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/kombo/examples/" + example + ".java"));

        assertThat(Files.readString(Path.of("../README.md")))
                .contains("```java\n" + source.substring(source.indexOf("import")) + "```");
    }
}
