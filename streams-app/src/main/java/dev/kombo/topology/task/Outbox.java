package dev.kombo.topology.task;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects what a task sends until the commit, so that values with the same topic and key become one record. Nothing
 * that a task sends can be read before its commit, so readers do not wait longer for it. Not thread-safe; used by the
 * stream thread that owns the task.
 */
final class Outbox {
    /** Bytes from which a record is sent before the commit: a reader that fails at one repeats no more than these. */
    static final int LARGEST_BATCH = 64 << 10;

    /** How values are joined. */
    enum Layout {
        /** The bytes of one value behind those of the other. */
        SEQUENCE {
            @Override
            boolean joins(byte[] batch, byte[] value) {
                return true;
            }

            @Override
            int prefix() {
                return 0;
            }

            @Override
            int suffix() {
                return 0;
            }
        },

        /**
         * Avro records in Confluent's format with one field, which is a list. Avro writes a list as blocks of elements
         * and a zero, so the blocks of one list may follow those of the other.
         */
        AVRO_LIST {
            /** Both have the same schema. */
            @Override
            boolean joins(byte[] batch, byte[] value) {
                return Arrays.equals(batch, 0, AVRO_PREFIX, value, 0, AVRO_PREFIX);
            }

            @Override
            int prefix() {
                return AVRO_PREFIX;
            }

            @Override
            int suffix() {
                return 1;
            }
        };

        /** A zero and the id of the schema. */
        private static final int AVRO_PREFIX = 1 + Integer.BYTES;

        abstract boolean joins(byte[] batch, byte[] value);

        /** Bytes that only the first value of a batch keeps. */
        abstract int prefix();

        /** Bytes that only the last value of a batch keeps. */
        abstract int suffix();
    }

    /** Takes the records. */
    @FunctionalInterface
    interface Records {
        /** @param time of the latest value, epoch milliseconds */
        void send(String node, String key, byte[] value, long time);
    }

    private static final class Batch {
        private final Layout layout;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private byte[] first = {};
        private long time;

        private Batch(Layout layout) {
            this.layout = layout;
        }

        private boolean takes(byte[] value) {
            return bytes.size() == 0 || (bytes.size() + value.length <= LARGEST_BATCH && layout.joins(first, value));
        }

        private void add(byte[] value, long valueTime) {
            boolean begins = bytes.size() == 0;
            int from = begins ? 0 : layout.prefix();
            bytes.write(value, from, value.length - layout.suffix() - from);
            first = begins ? value : first;
            time = begins ? valueTime : Math.max(time, valueTime);
        }

        private byte[] end() {
            for (int i = 0; i < layout.suffix(); i++) {
                bytes.write(0);
            }
            byte[] value = bytes.toByteArray();
            bytes.reset();
            return value;
        }
    }

    private final Records records;
    private final Map<String, Map<String, Batch>> batches = new LinkedHashMap<>();

    Outbox(Records records) {
        this.records = records;
    }

    /**
     * Adds a value, in the order of the calls for its sink and key.
     *
     * @param node the sink
     */
    void add(String node, String key, byte[] value, long time, Layout layout) {
        Batch batch = batches.computeIfAbsent(node, sink -> new HashMap<>())
                .computeIfAbsent(key, unused -> new Batch(layout));
        if (!batch.takes(value)) {
            records.send(node, key, batch.end(), batch.time);
        }
        batch.add(value, time);
    }

    /** Sends all records. */
    void send() {
        batches.forEach((node, ofKey) -> ofKey.forEach((key, batch) -> {
            if (batch.bytes.size() > 0) {
                records.send(node, key, batch.end(), batch.time);
            }
        }));
    }
}
