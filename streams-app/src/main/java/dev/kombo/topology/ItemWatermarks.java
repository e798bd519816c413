package dev.kombo.topology;

import dev.kombo.schema.ItemModel;
import dev.kombo.serde.Floats;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each item task is behind, in records of item-update. An item task tells it through item-model, under the key
 * {@code w:<partition>}, so that every instance knows: user tasks leave out negative samples while it is too much.
 */
final class ItemWatermarks {
    private static final String PREFIX = "w:";

    private final ConcurrentHashMap<String, Long> backlogs = new ConcurrentHashMap<>();

    static boolean isWatermark(String key) {
        return key.startsWith(PREFIX);
    }

    static String key(int partition) {
        return PREFIX + partition;
    }

    /** A watermark as it travels: a model without factors, whose interactions are the backlog. */
    static ItemModel record(long backlog, long time) {
        return ItemModel.newBuilder()
                .setVector(Floats.toBuffer(new float[0]))
                .setBias(0f)
                .setPopularityShort(0)
                .setPopularityLong(0)
                .setPopularityTime(time)
                .setInteractions(backlog)
                .setPurchases(0)
                .setVersion(0)
                .build();
    }

    void put(String key, ItemModel watermark) {
        backlogs.put(key, watermark == null ? 0 : watermark.getInteractions());
    }

    long largest() {
        long largest = 0;
        for (long backlog : backlogs.values()) {
            largest = Math.max(largest, backlog);
        }
        return largest;
    }
}
