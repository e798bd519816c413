package dev.kombo.lab.simulation;

/** Looks on while shoppers are shown slates. */
@FunctionalInterface
interface SlateWatch {
    /**
     * A slate is about to be shown.
     *
     * @param session of the shopper, as things stand
     * @param time epoch milliseconds
     */
    void shown(ShopperSession session, Slate slate, long time);
}
