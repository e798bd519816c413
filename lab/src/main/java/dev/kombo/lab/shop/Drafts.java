package dev.kombo.lab.shop;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.util.HashMap;

/**
 * Makes the events of one visit. They are drafts: id and time are given at the moment of publication.
 *
 * @param userId account id, or null
 * @param sessionId the visit
 */
record Drafts(String userId, String sessionId) {

    /** Key of the visit's records: the user, or the session where there is no user. */
    String key() {
        return userId != null ? userId : sessionId;
    }

    /** An event that names neither item nor bundle. */
    BehaviorEvent event(EventType type, String placement) {
        BehaviorEvent event = new BehaviorEvent();
        event.setUserId(userId);
        event.setSessionId(sessionId);
        event.setType(type);
        event.setQuantity(1);
        event.setPlacement(placement);
        event.setAttributes(new HashMap<>());
        return event;
    }

    BehaviorEvent onItem(EventType type, String itemId, String placement) {
        BehaviorEvent event = event(type, placement);
        event.setItemId(itemId);
        return event;
    }

    BehaviorEvent onBundle(EventType type, String bundleId, String placement) {
        BehaviorEvent event = event(type, placement);
        event.setBundleId(bundleId);
        return event;
    }

    /** A purchase or return of one unit. */
    BehaviorEvent traded(EventType type, Diary.Line line, String placement) {
        BehaviorEvent event = event(type, placement);
        event.setItemId(line.itemId());
        event.setBundleId(line.bundleId());
        event.setOrderId(line.orderId());
        event.setUnitPriceMinor(line.unitPriceMinor());
        event.setCurrency(ShopCatalog.CURRENCY);
        return event;
    }
}
