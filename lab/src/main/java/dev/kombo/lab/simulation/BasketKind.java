package dev.kombo.lab.simulation;

/** How much shoppers buy at once. */
public enum BasketKind {
    /** At most 3 lines. */
    SMALL(3),
    /** At most 13 lines, about 10 on average with the built-in statistics. */
    LARGE(13);

    private final int mostLines;

    BasketKind(int mostLines) {
        this.mostLines = mostLines;
    }

    /** Most lines of an order, without accepted bundles. */
    int mostLines() {
        return mostLines;
    }
}
