package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltVersionTest {
    private static final List<String> MODULES =
            List.of("research", "shop", "streams-app", "engine", "client", "schemas");
    private static final List<String> EARLIER_MODULES = List.of("lab", "streams-app", "engine", "client", "schemas");

    @TempDir
    private Path root;

    @Test
    void shouldTakeADistributionOrItsJars() throws IOException {
        Path lib = Files.createDirectories(root.resolve("lib"));
        Files.createFile(lib.resolve("some.jar"));

        assertThat(classPath(root.toString()))
                .isEqualTo(lib + File.separator + "*")
                .isEqualTo(classPath(lib.toString()));
    }

    @Test
    void shouldTakeTheClassesOfATreeAndTheJarsThatItsBuildListedButNotItsModulesJars() throws IOException {
        assertTakesTree(MODULES);
    }

    @Test
    void shouldTakeATreeOfARelease() throws IOException {
        assertTakesTree(EARLIER_MODULES);
    }

    private void assertTakesTree(List<String> modules) throws IOException {
        for (String module : modules) {
            Files.createDirectories(root.resolve(module).resolve("target/classes"));
        }
        Path listed = root.resolve(modules.get(0)).resolve("target/classpath");
        Files.writeString(
                listed, join(Stream.of("/r/a.jar", root + "/engine/target/kombo-engine-0.2.0.jar", "/r/b.jar")));

        String classes = join(modules.stream()
                .map(module -> root.resolve(module).resolve("target/classes").toString()));
        assertThat(classPath(root.toString())).isEqualTo(join(Stream.of(classes, "/r/a.jar", "/r/b.jar")));
    }

    @Test
    void shouldTakeAClassPathAsItIs() {
        String given = join(Stream.of("a.jar", "b.jar"));

        assertThat(classPath(given)).isEqualTo(given);
        assertThat(classPath("lib/*")).isEqualTo("lib/*");
    }

    @Test
    void shouldRefuseATreeThatWasNotBuilt() throws IOException {
        assertThatThrownBy(() -> classPath(root.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(root.toString())
                .hasMessageContaining("./kombo there builds it");
        Files.createDirectories(root.resolve("research/target"));
        Files.writeString(root.resolve("research/target/classpath"), "/r/a.jar");
        assertThatThrownBy(() -> classPath(root.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no such folder: " + root.resolve("research/target/classes"));
    }

    private static String classPath(String given) {
        return BuiltVersion.at(given).classPath();
    }

    private static String join(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
