package dev.kombo.topology;

import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.PackedEntities;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.Floats;
import java.nio.ByteBuffer;
import java.util.List;

/** What the shopper task sends to other tasks, as the Avro records that version 0.2.0 sent. */
final class SentRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private SentRecords() {}

    static ItemUpdate of(EntityUpdate update) {
        ItemUpdate avro = new ItemUpdate();
        avro.setEventTime(update.time());
        avro.setHistory(NOTHING);
        avro.setLevels(NOTHING);
        avro.setPartners(List.of());
        avro.setOfferedPartners(List.of());
        EntityUpdate.EntityInteraction interaction = update.interaction();
        if (interaction != null) {
            avro.setPopularityWeight(interaction.weight());
            avro.setInteractions(1);
            avro.setHistory(PackedEntities.pack(interaction.partners(), interaction.partnerWeights()));
            if (interaction.currency() != null) {
                avro.setUnitPriceMinor(interaction.unitPriceMinor());
                avro.setCurrency(interaction.currency());
            }
        }
        if (update.order() != null) {
            avro.setPurchases(update.order().extended() ? 0 : 1);
            avro.setPartners(update.order().partners());
            avro.setOfferedPartners(update.order().offeredPartners());
            avro.setLevels(PackedEntities.pack(update.order().levels()));
        }
        if (update.purchase() != null) {
            avro.setSinceLastPurchase(update.purchase().sinceMillis());
        }
        EntityUpdate.EntityEngagement response = update.engagement();
        if (response != null) {
            avro.setImpressions(response.impressions());
            avro.setClicks(response.clicks());
            avro.setConversions(response.conversions());
            avro.setExpectedClicks(response.expectedClicks());
        }
        return avro;
    }

    static TrainingExample of(dev.kombo.engine.trainer.TrainingExample example) {
        return TrainingExample.newBuilder()
                .setEventTime(example.time())
                .setSignals(Floats.toBuffer(example.signals()))
                .setContext(Floats.toBuffer(example.context()))
                .setSequence(Floats.toBuffer(example.sequence()))
                .setLabel(example.label())
                .setWeight(example.weight())
                .setSource(example.source())
                .setModelVersion(example.modelVersion())
                .setOccasion(example.occasion())
                .setOffsets(Floats.toBuffer(example.offsets()))
                .setRanks(ByteBuffer.wrap(example.ranks()))
                .build();
    }
}
