package dev.kombo.query;

import dev.kombo.query.source.OfferFeed;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedAlternative;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import dev.kombo.schema.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Offers that a test makes. */
public final class ScriptedFeed implements OfferFeed {
    /** How often it was read. */
    public final AtomicInteger readings = new AtomicInteger();

    private volatile Listener listener;

    @Override
    public Subscription read(Listener reader) {
        readings.incrementAndGet();
        listener = reader;
        return () -> listener = null;
    }

    /** Whether anybody reads. */
    public boolean isRead() {
        return listener != null;
    }

    /** Makes offers of the bundle tea-time, by their ids. */
    public void offer(String... ids) {
        send(Arrays.stream(ids).map(ScriptedFeed::offerOf).toList());
    }

    /** Makes a number of offers at once. */
    public void offer(int number) {
        send(IntStream.range(0, number).mapToObj(i -> offerOf("offer-" + i)).toList());
    }

    private void send(List<BundleOffer> offers) {
        Listener reader = listener;
        if (reader != null) {
            reader.offers(offers);
        }
    }

    /** Breaks down. */
    public void fail() {
        listener.failed();
    }

    /** An offer of the bundle tea-time and of one that the catalogue does not have. */
    public static BundleOffer offerOf(String id) {
        OfferedBundle bundle = OfferedBundle.newBuilder()
                .setBundleId("tea-time")
                .setRank(1)
                .setScore(0.5)
                .setProbability(0.25)
                .setPropensity(1)
                .setPriceMinor(1350)
                .setListPriceMinor(1500)
                .setSavingMinor(150)
                .setCurrency("GBP")
                .setMembers(
                        List.of(new OfferedMember("tea", 2, 810L, "drink"), new OfferedMember("cup", 1, 540L, null)))
                .setAlternatives(List.of(new OfferedAlternative("drink", "cocoa", "tea", 1300L)))
                .setReasons(List.of(new Reason("neighbors", 2.0, 0.75)))
                .build();
        OfferedBundle unknown = OfferedBundle.newBuilder(bundle)
                .setBundleId("withdrawn")
                .setRank(2)
                .setProbability(0)
                .setReasons(List.of())
                .build();
        return BundleOffer.newBuilder()
                .setOfferId(id)
                .setUserId("ann")
                .setPlacement("cart")
                .setArm("fused")
                .setExperiment("first")
                .setStrategyVersion(1)
                .setModelVersion(2)
                .setPolicy("dense-1")
                .setTriggerEventId("event")
                .setTriggerType("ADD_TO_CART")
                .setOfferedAt(1500)
                .setExpiresAt(9000)
                .setBundles(List.of(bundle, unknown))
                .build();
    }
}
