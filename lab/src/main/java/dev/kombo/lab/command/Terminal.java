package dev.kombo.lab.command;

import dev.kombo.lab.replay.ProgressDisplay;
import java.io.Console;

/** Tells whether a person looks at standard output. */
final class Terminal {
    private static final int FIRST_WITH_IS_TERMINAL = 22;

    private Terminal() {}

    /** Whether lines can be drawn over. */
    // From Java 22 on the console is never null: saysSo asks there.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        return Runtime.version().feature() < FIRST_WITH_IS_TERMINAL || saysSo(console);
    }

    /**
     * Shows progress on standard output.
     *
     * @param hidden whether the person does not want to see it
     * @param task what is done, in a word
     * @param unit pieces that are counted, in the plural
     */
    static ProgressDisplay progress(boolean hidden, String task, String unit) {
        return hidden ? ProgressDisplay.NONE : ProgressDisplay.on(System.out, isInteractive(), task, unit);
    }

    /** From Java 22 on there is a console without a terminal, too, and a method to ask. */
    private static boolean saysSo(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
