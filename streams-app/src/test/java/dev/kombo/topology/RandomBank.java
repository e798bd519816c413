package dev.kombo.topology;

import dev.kombo.config.Topic;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.serde.EventMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A bank's events drawn from a seed, late ones, repeated ones, visits, logins and erasures among them; and its own
 * books of who holds what, kept as a list of all that was ever opened and closed.
 */
final class RandomBank {
    private static final List<EventType> TYPES = List.of(
            EventType.PURCHASE,
            EventType.PURCHASE,
            EventType.PURCHASE,
            EventType.RETURN,
            EventType.VIEW,
            EventType.OFFER_REQUEST,
            EventType.OFFER_REQUEST,
            EventType.OFFER_REQUEST);
    private static final int PRODUCTS = 12;
    private static final int VISITS = 4;
    private static final int CUSTOMERS = 6;
    private static final String REPEATABLE = "product-0";

    private record Fact(String item, long time, boolean opens) {}

    private final Random random;
    private final List<BehaviorEvent> sent = new ArrayList<>();
    private final Map<String, List<String>> bundles = new HashMap<>();
    private final Map<String, List<Fact>> books = new HashMap<>();
    private final Map<String, Long> erasedAt = new HashMap<>();

    RandomBank(long seed) {
        random = new Random(seed);
    }

    /** Puts products without prices into an engine, by themselves and in packages. */
    void stock(EngineDriver engine) {
        for (int i = 0; i < PRODUCTS; i++) {
            String id = "product-" + i;
            engine.item(Item.newBuilder()
                    .setItemId(id)
                    .setTitle(id)
                    .setRepeatable(id.equals(REPEATABLE))
                    .build());
            add(engine, "single-" + i, id);
        }
        for (int i = 0; i < 8; i++) {
            add(engine, "package-" + i, "product-" + i, "product-" + (i + 2), "product-" + (i + 3));
        }
    }

    private void add(EngineDriver engine, String id, String... members) {
        bundles.put(id, List.of(members));
        var bundle = EngineDriver.bundleOf(id, 0, members);
        bundle.setListPriceMinor(0);
        bundle.setCurrency("XXX");
        engine.bundle(bundle);
    }

    BehaviorEvent next(EngineDriver engine) {
        if (!sent.isEmpty() && random.nextInt(12) == 0) {
            return sent.get(random.nextInt(sent.size()));
        }
        int number = sent.size();
        if (random.nextInt(40) == 0) {
            erase(engine, "customer-" + random.nextInt(CUSTOMERS), number);
        }
        // One in four comes late, by up to a minute and a half.
        long late = random.nextInt(4) == 0 ? random.nextInt(90) : 0;
        BehaviorEvent.Builder event = EngineDriver.event(
                "e" + number,
                "customer-" + random.nextInt(CUSTOMERS),
                TYPES.get(random.nextInt(TYPES.size())),
                Duration.ofSeconds(3_600 + 5L * number - late));
        if (random.nextInt(5) == 0) {
            event.setUserId(null).setSessionId("visit-" + random.nextInt(VISITS));
        } else if (random.nextInt(8) == 0) {
            event.setSessionId("visit-" + random.nextInt(VISITS));
        }
        if (random.nextInt(4) == 0) {
            event.setBundleId(List.copyOf(bundles.keySet()).get(random.nextInt(bundles.size())));
        } else {
            event.setItemId("product-" + random.nextInt(PRODUCTS));
        }
        if (random.nextBoolean()) {
            event.setOrderId("order-" + number / 20);
        }
        sent.add(event.build());
        return sent.get(number);
    }

    private void erase(EngineDriver engine, String user, int number) {
        long time = EngineDriver.START.plusSeconds(3_600 + 5L * number).toEpochMilli();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(user, new ErasureRequest(user, time, null), time);
        books.remove("u:" + user);
        erasedAt.put("u:" + user, time);
        // The sessions of a user are erased with the user, and what comes late of them is left out.
        for (int visit = 0; visit < VISITS; visit++) {
            String session = "s:visit-" + visit;
            if (engine.shopper(session) == null) {
                books.remove(session);
                erasedAt.put(session, time);
            }
        }
    }

    /** Books an event of its shopper's own, or of the user whom its session was merged into before it came. */
    void book(EngineDriver engine, BehaviorEvent event) {
        String key = event.getUserId() == null ? "s:" + event.getSessionId() : "u:" + event.getUserId();
        boolean opens = event.getType() == EventType.PURCHASE;
        if ((!opens && event.getType() != EventType.RETURN)
                || event.getEventTime() <= erasedAt.getOrDefault(key, Long.MIN_VALUE)) {
            return;
        }
        String owner = event.getUserId() == null && engine.shopper(key) == null ? whoKnows(engine, event) : key;
        List<String> items = event.getItemId() != null ? List.of(event.getItemId()) : bundles.get(event.getBundleId());
        items.forEach(item -> books.computeIfAbsent(owner, unknown -> new ArrayList<>())
                .add(new Fact(item, event.getEventTime(), opens)));
    }

    private static String whoKnows(EngineDriver engine, BehaviorEvent event) {
        return IntStream.range(0, CUSTOMERS)
                .mapToObj(customer -> "u:customer-" + customer)
                .filter(key -> engine.shopper(key) != null
                        && engine.shopper(key).behavior().knownEvents().contains(EventMapper.toDomain(event)))
                .findFirst()
                .orElse("nobody");
    }

    /**
     * Books what a session held under the user who logged in, if it was handed over; under nobody, if the user was
     * erased after the event.
     */
    void settle(EngineDriver engine, BehaviorEvent event) {
        String session = "s:" + event.getSessionId();
        if (event.getUserId() == null || event.getSessionId() == null || engine.shopper(session) != null) {
            return;
        }
        List<Fact> held = books.remove(session);
        Long erased = erasedAt.get("u:" + event.getUserId());
        if (erased != null && event.getEventTime() <= erased) {
            erasedAt.merge(session, erased, Math::max);
        } else if (held != null) {
            books.computeIfAbsent("u:" + event.getUserId(), unknown -> new ArrayList<>())
                    .addAll(held);
        }
    }

    /** What the customer of an offer holds and cannot hold again. */
    List<String> held(BundleOffer offer) {
        String key = offer.getUserId() == null ? "s:" + offer.getSessionId() : "u:" + offer.getUserId();
        List<Fact> facts = books.getOrDefault(key, List.of());
        return facts.stream()
                .map(Fact::item)
                .distinct()
                .filter(item -> !item.equals(REPEATABLE))
                .filter(item -> lastTime(facts, item, true) >= lastTime(facts, item, false))
                .toList();
    }

    private static long lastTime(List<Fact> facts, String item, boolean opens) {
        return facts.stream()
                .filter(fact -> fact.item().equals(item) && fact.opens() == opens)
                .mapToLong(Fact::time)
                .max()
                .orElse(opens ? Long.MIN_VALUE : Long.MIN_VALUE + 1);
    }
}
