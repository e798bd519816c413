package dev.kombo.shop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The service as {@code mvn package} assembles it, run as its image would: by the image's Java, with nothing but the
 * container's environment, and a folder for its state.
 */
final class Distribution {
    private static final Path MODULES = Path.of("..", "docker", "jre-modules");
    private static final long LONGEST_COMMAND_SECONDS = 120;

    private final Path home = Path.of(System.getProperty("kombo.distribution")).normalize();
    private final Path folder;
    private final Path java;

    /**
     * @param folder for the Java, state, temporary files and output
     */
    Distribution(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.java = linkJava();
        Files.createDirectories(temporary());
    }

    /**
     * A Java like that of the image: only the modules that docker/jre-modules names, of the Java that runs this test.
     */
    private Path linkJava() throws IOException, InterruptedException {
        Path linked = folder.resolve("java");
        run(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                String.join(",", Files.readAllLines(MODULES)),
                "--strip-debug",
                "--no-man-pages",
                "--no-header-files",
                "--output",
                linked.toString()));
        return linked;
    }

    /** Folder for temporary files, which an image does not offer: it should stay empty. */
    Path temporary() {
        return folder.resolve("temporary");
    }

    /** What the command printed, both ways. */
    Path output() {
        return folder.resolve("output");
    }

    /** Starts a command of bin/kombo. */
    Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = bare(home.resolve("bin/kombo"), command);
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    /** Runs a command of bin/kombo to its end. */
    void run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = bare(home.resolve("bin/kombo"), command);
        builder.environment().putAll(environment);
        run(builder);
    }

    /** Exit code of bin/health for the instance on a port. */
    int health(int port, String... path) throws IOException, InterruptedException {
        ProcessBuilder builder = bare(home.resolve("bin/health"), path);
        builder.environment().put("KOMBO_API_PORT", Integer.toString(port));
        return builder.redirectErrorStream(true).start().waitFor();
    }

    private ProcessBuilder bare(Path program, String... arguments) {
        List<String> command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "JAVA_HOME",
                        java.toString(),
                        "KOMBO_STATE_DIR",
                        folder.resolve("state").toString(),
                        "KOMBO_JAVA_OPTS",
                        "-Xmx512m -Djava.io.tmpdir=" + temporary()));
        return builder;
    }

    private void run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path log = folder.resolve("command-output");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(LONGEST_COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(builder.command() + " failed:\n" + Files.readString(log));
        }
    }

    /** Size and time of every file of the distribution. */
    Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(home.relativize(file).toString(), facts(file)));
        }
        return files;
    }

    private static String facts(Path file) {
        try {
            return Files.size(file) + " bytes, " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
