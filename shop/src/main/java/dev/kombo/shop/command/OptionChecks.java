package dev.kombo.shop.command;

import dev.kombo.console.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Validates options of commands before the work begins. */
public final class OptionChecks {
    private OptionChecks() {}

    /**
     * Rejects a number out of range.
     *
     * @return the number
     */
    public static int within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandException.mistake(option + " is " + value + ", " + least + " to " + most + " is expected");
        }
        return value;
    }

    /** Rejects a file that does not exist; null: none was named. */
    public static void file(Path file) {
        if (file != null && !Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
    }

    /**
     * Rejects an output file that could not be written.
     *
     * @param file null if none is requested
     * @param option that names it
     */
    public static void output(Path file, String option) {
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
