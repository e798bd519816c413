package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of files that a command writes at its end: a mistake there should be seen at its beginning. */
final class Outputs {
    private Outputs() {}

    /**
     * Refuses a summary file that could not be written.
     *
     * @param file may be null: none is asked for
     */
    static void checkSummary(Path file) {
        check(file, "--summary");
    }

    /**
     * Refuses a file that could not be written.
     *
     * @param file may be null: none is asked for
     * @param option that names it
     */
    static void check(Path file, String option) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw CommandException.mistake("no such folder for " + option + ": " + folder);
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw CommandException.mistake(option + " cannot be written: " + file);
        }
    }
}
