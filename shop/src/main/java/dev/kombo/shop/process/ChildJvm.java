package dev.kombo.shop.process;

import dev.kombo.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child process that runs a Java class with the JVM options of {@code ./kombo}. It ends with this
 * process, however that ends: its standard input is then closed, which the child's {@link ParentWatch} waits for.
 * Errors go to a file.
 */
public final class ChildJvm implements AutoCloseable {
    /** System property of a child. */
    private static final String CHILD = "kombo.child";

    /** How long a process may take to end in an orderly way. */
    private static final int LONGEST_STOP_SECONDS = 90;

    /** Characters of its output that a message shows. */
    private static final int OUTPUT_SHOWN = 2_000;

    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a process.
     *
     * @param main name of the class to start
     * @param heap maximum heap, such as 2g
     * @param output file that receives its standard error, and also its standard output unless that is read
     * @param readOutput whether this process reads the standard output
     */
    public static ChildJvm start(String main, String heap, List<String> arguments, Path output, boolean readOutput)
            throws IOException {
        return start(ownClassPath(), main, heap, arguments, output, readOutput);
    }

    /** Starts a process as above, with another class path. */
    public static ChildJvm start(
            String classPath, String main, String heap, List<String> arguments, Path output, boolean readOutput)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + CHILD + "=true",
                "-cp",
                classPath,
                main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(output.toFile());
        if (!readOutput) {
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
        }
        return new ChildJvm(builder.start(), output);
    }

    /** The class path of this process. */
    public static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /** Whether this process was started as a child. */
    public static boolean isChild() {
        return Boolean.getBoolean(CHILD);
    }

    /** The process, to communicate with it. */
    public Process process() {
        return process;
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
     * Fails if the process has ended.
     *
     * @throws CommandException with the end of its output
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw CommandException.failure(
                    "a process has ended with exit code " + process.exitValue() + "; " + lastOutput());
        }
    }

    /** The end of its output, with the name of the file. */
    public String lastOutput() {
        String text = output();
        return "the end of " + output + ":\n" + text.substring(Math.max(0, text.length() - OUTPUT_SHOWN));
    }

    /** Kills the process immediately, as a crash would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends the process in an orderly way. */
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
