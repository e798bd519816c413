package dev.kombo.learning;

/** Range checks of the settings records: each names the field and what it may be. */
final class Settings {
    private Settings() {}

    static void requireRange(String name, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " must be in [" + lowest + ", " + highest + "], is " + value);
        }
    }

    static void requireRange(String name, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(name + " must be in [" + lowest + ", " + highest + "], is " + value);
        }
    }

    static void requirePositive(String name, double value, double highest) {
        if (!(value > 0 && value <= highest)) {
            throw new IllegalArgumentException(name + " must be in (0, " + highest + "], is " + value);
        }
    }
}
