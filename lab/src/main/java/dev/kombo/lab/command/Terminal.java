package dev.kombo.lab.command;

import dev.kombo.lab.replay.ProgressBarDisplay;
import dev.kombo.lab.replay.ProgressDisplay;
import picocli.CommandLine.Help.Ansi;

/** Tells whether a person looks at standard output. */
final class Terminal {
    private Terminal() {}

    /** Whether lines can be drawn over. */
    static boolean isInteractive() {
        return Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Shows progress on standard output.
     *
     * @param hidden whether the person does not want to see it
     * @param task what is done, in a word
     * @param unit pieces that are counted, in the plural
     */
    static ProgressDisplay progress(boolean hidden, String task, String unit) {
        return hidden ? ProgressDisplay.NONE : new ProgressBarDisplay(System.out, isInteractive(), task, unit);
    }
}
