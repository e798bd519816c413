package dev.kombo.learning.mining;

/** What mining needs beside one item's own counts. The answers may lag, since they come from a replica. */
public interface MiningView {
    /** All closed orders so far. */
    long orders();

    /** Closed orders that contain an item; 0 where it is not known. */
    long purchases(String itemId);

    /** Price of one unit in minor units; negative where it is not known. */
    long priceMinor(String itemId);

    /** ISO 4217 code of that price; null where there is none. */
    String currency(String itemId);
}
