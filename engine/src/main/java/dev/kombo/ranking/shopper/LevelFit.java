package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.LevelLifts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.profile.CustomerLevels;

/**
 * How well a customer's attributes fit an item: the sum of the log-lifts of the levels ({@link LevelLifts}). Not
 * thread-safe.
 */
public final class LevelFit {
    private final CatalogIndex index;
    private LevelLifts lifts;
    private int[] places = {};

    LevelFit(CatalogIndex index) {
        this.index = index;
        this.lifts = index.levels();
    }

    /**
     * Loads a customer.
     *
     * @param read whether attributes may be read
     */
    void load(CustomerLevels levels, boolean read) {
        lifts = index.levels();
        places = new int[read ? levels.names().size() : 0];
        for (int i = 0; i < places.length; i++) {
            places[i] = lifts.place(PartnerTable.partnerOf(levels.hash(i)));
        }
    }

    /** The sum for an item; 0 where nothing is known. */
    public float of(int item) {
        if (places.length == 0) {
            return 0f;
        }
        LevelLifts.ItemLifts known = lifts.of(item);
        float sum = 0;
        for (int place : places) {
            sum += known.at(place);
        }
        return sum;
    }
}
