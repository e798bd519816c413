package dev.kombo.engine.item;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Table;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.PartnerCount;
import dev.kombo.learning.mining.PartnerPairCount;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The item task over tables in memory that keep copies, so that what is changed and not put is lost. */
class ItemTaskTest extends ItemTaskContract {
    @Override
    protected Table<String, EntityState> openStates(EngineSettings with) {
        return new MapTable<>(state -> {
            EntityState copy = new EntityState(
                    copy(state.partners(), PartnerTable.Limits.INTERACTIONS),
                    copy(state.levels(), PartnerTable.Limits.LEVELS),
                    new Popularity(
                            with.index().popularity(),
                            state.popularity().shortTerm(),
                            state.popularity().longTerm(),
                            state.popularity().time()));
            copy.restore(state.interactions(), state.purchases(), state.engagement(), state.repurchases());
            copy.priced(state.lastPriceMinor(), state.currency());
            return copy;
        });
    }

    private static PartnerTable copy(PartnerTable table, PartnerTable.Limits limits) {
        ByteBuffer written = table.write();
        ByteBuffer bytes = ByteBuffer.allocate(written.remaining()).put(written).flip();
        return PartnerTable.read(bytes, table.mass(), table.time(), limits);
    }

    @Override
    protected Table<String, NeighborCounts> openNeighbors(EngineSettings with) {
        return new MapTable<>(counts -> {
            List<PartnerCount> partners = new ArrayList<>();
            counts.partners()
                    .forEach(pair -> partners.add(
                            new PartnerCount(pair.itemId(), pair.weight(), pair.orders(), pair.suggestedOrders())));
            List<PartnerPairCount> triples = new ArrayList<>();
            counts.triples()
                    .forEach(triple -> triples.add(new PartnerPairCount(
                            triple.first(), triple.second(), triple.orders(), triple.suggestedOrders())));
            return new NeighborCounts(with.neighbors(), counts.time(), partners, triples);
        });
    }
}
