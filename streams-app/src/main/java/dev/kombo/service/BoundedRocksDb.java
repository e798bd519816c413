package dev.kombo.service;

import dev.kombo.config.ServiceSettings;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Limits the memory of all RocksDB stores of the process: blocks, indexes, filters and memtables are charged to one
 * cache. Kafka Streams creates an instance of this class for each store, so the budget is static; the first store
 * determines its size. RocksDB may exceed it briefly while it flushes memtables.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Memtables may take the budget divided by this; the rest is for reads. */
    private static final int MEMTABLE_SHARE = 2;

    private static final long MEMTABLE_BYTES = 8L << 20;
    private static final int MEMTABLES = 3;
    /** A store's manifest grows with each flush; by default RocksDB rewrites it only at 1 GB, per store. */
    private static final long MANIFEST_BYTES = 1L << 20;

    private static Cache cache;
    private static WriteBufferManager memtables;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        share(Long.parseLong(configs.get(ServiceSettings.STORE_MEMORY.name()).toString()));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memtables);
        options.setWriteBufferSize(MEMTABLE_BYTES);
        options.setMaxWriteBufferNumber(MEMTABLES);
        options.setMaxManifestFileSize(MANIFEST_BYTES);
    }

    private static synchronized void share(long bytes) {
        if (cache == null) {
            RocksDB.loadLibrary();
            cache = new LRUCache(bytes);
            memtables = new WriteBufferManager(bytes / MEMTABLE_SHARE, cache);
        }
    }

    /** Does not close the budget, which outlives the stores: the next ones share it. */
    @Override
    public void close(String storeName, Options options) {}
}
