package dev.kombo.ranking;

/** Range checks of the settings records: each names the field and what it may be. */
final class Ranges {
    private Ranges() {}

    static void require(String name, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " must be in [" + lowest + ", " + highest + "], is " + value);
        }
    }

    static void require(String name, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(name + " must be in [" + lowest + ", " + highest + "], is " + value);
        }
    }
}
