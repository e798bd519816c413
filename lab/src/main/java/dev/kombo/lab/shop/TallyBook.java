package dev.kombo.lab.shop;

import dev.kombo.lab.shop.ShopTally.ArmTally;
import java.util.HashMap;
import java.util.Map;

/** The shop's account. Written by the shop's thread and by the producer's, read by any. */
final class TallyBook {
    private final Map<String, ArmTally> arms = new HashMap<>();
    private long events;

    synchronized void published() {
        events++;
    }

    synchronized void offered(String arm, boolean firstOfUser) {
        add(arm, new ArmTally(firstOfUser ? 1 : 0, 1, 0, 0, 0, 0));
    }

    synchronized void answered(String arm, OfferAnswers.Answer answer) {
        switch (answer.kind()) {
            case IMPRESSION -> add(arm, new ArmTally(0, 0, 1, 0, 0, 0));
            case CLICK -> add(arm, new ArmTally(0, 0, 0, 1, 0, 0));
            case CONVERSION -> add(arm, new ArmTally(0, 0, 0, 0, 1, answer.revenueMinor()));
            case DISMISSAL -> {
                // Dismissals are for the service to count; the shop's account is about sales.
            }
        }
    }

    private void add(String arm, ArmTally change) {
        arms.merge(arm, change, ArmTally::plus);
    }

    synchronized ShopTally snapshot() {
        ArmTally all = arms.values().stream().reduce(ArmTally.NONE, ArmTally::plus);
        return new ShopTally(
                events, all.offers(), all.impressions(), all.clicks(), all.conversions(), all.revenueMinor(), arms);
    }
}
