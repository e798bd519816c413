package dev.kombo.lab.command;

import dev.kombo.lab.ProgressDisplay;
import picocli.CommandLine.Help.Ansi;

/** Finds out whether a person watches standard output, and shows progress there. */
final class Terminal {
    private Terminal() {}

    /** Whether lines can be redrawn. */
    static boolean isInteractive() {
        return Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Shows progress on standard output.
     *
     * @param task the work, in a word
     * @param unit pieces that are counted, in the plural
     */
    static ProgressDisplay progress(String task, String unit) {
        return new ProgressDisplay.ProgressLine(System.out, isInteractive(), task, unit);
    }
}
