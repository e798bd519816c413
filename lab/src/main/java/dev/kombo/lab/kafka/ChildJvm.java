package dev.kombo.lab.kafka;

import dev.kombo.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of this class path, with the JVM options of {@code ./kombo}. It ends when this process ends, however that
 * happens: its standard input comes to an end then, which the child's {@link #endWithParent} waits for. Errors go to a file.
 */
public final class ChildJvm implements AutoCloseable {
    private static final int LONGEST_STOP_SECONDS = 90;

    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one.
     *
     * @param heap at most, such as 2g
     * @param output file that gets its standard error, and also its standard output unless that is read
     * @param readOutput whether this process reads the standard output
     */
    public static ChildJvm start(Class<?> main, String heap, List<String> arguments, Path output, boolean readOutput)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "-Xmx" + heap,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(output.toFile());
        if (!readOutput) {
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
        }
        return new ChildJvm(builder.start(), output);
    }

    /** To be called by a child: ends its JVM in order when the parent is gone. */
    public static void endWithParent(InputStream in) {
        Thread watch = new Thread(
                () -> {
                    try {
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // Then the parent is gone as well.
                    }
                    System.exit(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** For whoever talks to it. */
    public Process process() {
        return process;
    }

    /** For whoever measures it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** What it has written so far. */
    public String output() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + output, e);
        }
    }

    /**
     * Fails where it has ended.
     *
     * @throws CommandException with the end of what it wrote
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw CommandException.failure(
                    "a process has ended with exit code " + process.exitValue() + "; " + lastOutput());
        }
    }

    /** The end of what it has written, with the name of the file. */
    String lastOutput() {
        String text = output();
        return "the end of " + output + ":\n" + text.substring(Math.max(0, text.length() - 2_000));
    }

    /** Ends it at once, as a crash would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it in order. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
