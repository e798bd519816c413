package dev.kombo.serde;

import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.schema.BehaviorEvent;

/** Maps behaviour events from Avro records to the domain. */
public final class EventMapper {
    private EventMapper() {}

    /** Returns the event; validates nothing. */
    public static ShopperEvent toDomain(BehaviorEvent event) {
        Long price = event.getUnitPriceMinor();
        Double rating = event.getRatingValue();
        Integer discount = event.getCartDiscountBasisPoints();
        return new ShopperEvent(
                event.getEventId(),
                event.getUserId(),
                event.getSessionId(),
                EventType.of(event.getType().ordinal()),
                event.getItemId(),
                event.getBundleId(),
                event.getOfferId(),
                event.getOrderId(),
                event.getQuantity(),
                price == null ? ShopperEvent.NO_PRICE : price,
                event.getCurrency(),
                rating == null ? Double.NaN : rating,
                event.getPlacement(),
                event.getEventTime(),
                event.getAttributes(),
                event.getHistory(),
                discount == null ? ShopperEvent.NOT_STATED : discount);
    }
}
