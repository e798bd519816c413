package dev.kombo.engine.shopper;

import dev.kombo.engine.task.Table;

/**
 * The tables of the shopper task. A shopper's profile is read and written for each event, history and open offers only
 * where they are needed.
 *
 * @param profiles what each event of a shopper reads and writes, by shopper key
 * @param histories purchase histories, by shopper key
 * @param offers content of open offers, by {@link ShopperReader#offerKey}
 * @param schedule timers and daily visits, by the time at which they are due
 * @param gone when users were erased and sessions merged, by hash
 */
public record ShopperTables(
        Table<String, byte[]> profiles,
        Table<String, byte[]> histories,
        Table<String, byte[]> offers,
        Table<ScheduleKey, byte[]> schedule,
        Table<String, byte[]> gone) {}
