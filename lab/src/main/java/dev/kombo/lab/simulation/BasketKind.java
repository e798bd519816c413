package dev.kombo.lab.simulation;

/** How much is bought at once. */
public enum BasketKind {
    /** At most 3 lines. */
    SMALL(3),
    /** At most 13 lines, which with the built-in statistics makes about 10 on average. */
    LARGE(13);

    private final int mostLines;

    BasketKind(int mostLines) {
        this.mostLines = mostLines;
    }

    /** Most lines of an order, without bundles taken. */
    int mostLines() {
        return mostLines;
    }
}
