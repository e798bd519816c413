package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Neighbor;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.QuantizedVector;
import java.util.List;

/**
 * What is published of an item or bundle. It holds the row itself: it is to be read before the row changes.
 *
 * @param entity {@link dev.kombo.entity.Entity}
 * @param state its row
 * @param vector its factors
 * @param generation that the factors are comparable with; 0: none
 * @param neighbors its strongest co-purchase neighbours, strongest first
 * @param levels customers who took it by the levels of their attributes, decayed to the same time for all entities
 */
public record PublishedEntity(
        String entity,
        EntityState state,
        QuantizedVector vector,
        int generation,
        List<Neighbor> neighbors,
        PartnerTable levels) {
    /** The model as an instance has it that reads what is published. */
    public EntityModel model() {
        return new EntityModel(
                entity,
                vector.toFloats(),
                state.popularity().shortTerm(),
                state.popularity().longTerm(),
                state.popularity().time(),
                state.interactions(),
                state.purchases(),
                state.lastPriceMinor(),
                state.currency(),
                neighbors,
                state.engagement(),
                generation,
                state.partners().mass(),
                state.partners().time(),
                state.repurchases(),
                PartnerTable.levels(levels.write(), levels.mass()));
    }
}
