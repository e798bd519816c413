package dev.kombo.shop.faults;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kombo.shop.process.ParentWatch;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The version that upgrades are tried from: built once from the repository that the tests run in, or given by
 * {@code kombo.upgrade.lib}, the folder {@code lib} of its distribution. From it on, stored formats change with a
 * version.
 */
final class Baseline {
    static final String COMMIT = System.getProperty("kombo.upgrade.commit", "00efedff");
    /** A topic without which it does not start, and which this version does not have. */
    static final String DECISION_LOG = "decision-log";

    private static String built;

    private Baseline() {}

    /** That of the tests. */
    static String now() {
        return System.getProperty("java.class.path");
    }

    /** Its class path, and the harness behind it; the test is left out where a clone does not have the commit. */
    static synchronized String classPath() throws Exception {
        if (built == null) {
            String lib = System.getProperty("kombo.upgrade.lib", "");
            built = Stream.of(
                            (lib.isEmpty() ? build() : Path.of(lib)) + File.separator + "*",
                            of(Instance.class),
                            of(ParentWatch.class))
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return built;
    }

    private static String of(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static Path build() throws Exception {
        assumeThat(Signals.run("git", "cat-file", "-e", COMMIT + "^{commit}"))
                .as("this clone has the commit %s; kombo.upgrade.lib gives what was built of it", COMMIT)
                .isTrue();
        Path folder =
                Files.createDirectories(Path.of("target", "baseline-" + COMMIT)).toAbsolutePath();
        Path archive = folder.resolve("sources.tar");
        run("git", "-C", "..", "archive", "-o", archive.toString(), COMMIT);
        run("tar", "-xf", archive.toString(), "-C", folder.toString());
        run(
                "mvn",
                "-B",
                "-q",
                "-f",
                folder.resolve("pom.xml").toString(),
                "-pl",
                "streams-app",
                "-am",
                "package",
                "-DskipTests");
        try (Stream<Path> found = Files.walk(folder.resolve("streams-app/target"))) {
            return found.filter(path -> path.endsWith("lib") && Files.isDirectory(path))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void run(String... command) throws Exception {
        if (!Signals.run(command)) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }
}
