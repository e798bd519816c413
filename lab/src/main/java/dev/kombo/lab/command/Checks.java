package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of what commands are asked for: a mistake should be seen before the work, not after it. */
final class Checks {
    private Checks() {}

    /**
     * Refuses a number out of range.
     *
     * @return the number
     */
    static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandException.mistake(option + " is " + value + ", " + least + " to " + most + " is expected");
        }
        return value;
    }

    /**
     * Refuses a file that could not be written.
     *
     * @param file may be null: none is asked for
     * @param option that names it
     */
    static void output(Path file, String option) {
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
