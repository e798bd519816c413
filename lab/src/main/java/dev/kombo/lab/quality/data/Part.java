package dev.kombo.lab.quality.data;

import java.util.Locale;

/** Which part of a data set is predicted. */
public enum Part {
    /** The part that choices are made on: figures of it are no evidence. */
    TUNE,
    /** The part kept apart, for the last look. */
    TEST;

    /** Name on the command line and in summaries. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
