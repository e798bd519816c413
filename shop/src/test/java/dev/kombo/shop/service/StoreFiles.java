package dev.kombo.shop.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads and changes the files of a stopped store: values, and the offsets of its changelog. */
final class StoreFiles {
    private static final byte[] OFFSETS = "offsets".getBytes(StandardCharsets.UTF_8);
    private static final int VALUES = 0;
    private static final int OF_OFFSETS = 1;

    private StoreFiles() {}

    /** A key and its value, as they are stored. */
    record Entry(byte[] key, byte[] value) {}

    private interface Work {
        void on(RocksDB store, List<ColumnFamilyHandle> families) throws RocksDBException;
    }

    private static void open(Path store, Work work) throws RocksDBException {
        List<ColumnFamilyDescriptor> families =
                List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY), new ColumnFamilyDescriptor(OFFSETS));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB.loadLibrary();
        try (DBOptions options = new DBOptions();
                RocksDB files = RocksDB.open(options, store.toString(), families, handles)) {
            work.on(files, handles);
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    /** The entries that say up to where the store holds its changelog. */
    static List<Entry> offsets(Path store) throws RocksDBException {
        List<Entry> offsets = new ArrayList<>();
        open(store, (files, families) -> {
            try (RocksIterator all = files.newIterator(families.get(OF_OFFSETS))) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    offsets.add(new Entry(all.key(), all.value()));
                }
            }
        });
        return offsets;
    }

    static void putOffsets(Path store, List<Entry> offsets) throws RocksDBException {
        open(store, (files, families) -> {
            for (Entry offset : offsets) {
                files.put(families.get(OF_OFFSETS), offset.key(), offset.value());
            }
        });
    }

    /** Lets the store say that it holds a changelog up to an offset. */
    static void putOffset(Path store, TopicPartition changelog, long offset) throws RocksDBException {
        byte[] key = changelog.toString().getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
        open(store, (files, families) -> {
            if (files.get(families.get(OF_OFFSETS), key) == null) {
                throw new IllegalArgumentException(store + " does not hold " + changelog);
            }
            files.put(families.get(OF_OFFSETS), key, value);
        });
    }

    /** Leaves the offsets as they are. */
    static void deleteValues(Path store) throws RocksDBException {
        open(store, (files, families) -> {
            try (RocksIterator all = files.newIterator(families.get(VALUES))) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    files.delete(families.get(VALUES), all.key());
                }
            }
        });
    }
}
