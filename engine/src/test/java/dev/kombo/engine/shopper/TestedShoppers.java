package dev.kombo.engine.shopper;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.Outcome;
import dev.kombo.catalog.Bundle;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.model.Arrival;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.model.LiveModelsWriter;
import dev.kombo.engine.task.Partitions;
import dev.kombo.engine.task.Table;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.settings.Millis;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A shopper task of a shop with four items and two bundles of two, in whose experiment everybody gets offers. */
final class TestedShoppers {
    static final long NOW = 1_767_600_000_000L;

    /** The machine's clock: a shop whose events are replayed has a time of its own. */
    static final long SYSTEM = NOW + Millis.DAY;

    static final String USER = "ann";
    static final String SESSION = "visit";

    /** An id that another partition owns. */
    static final String ELSEWHERE = "elsewhere";

    /** A profile that no version wrote. */
    static final byte[] UNREADABLE = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};

    private static final long EVENTS_KEPT_MILLIS = 30 * Millis.DAY;

    final EngineSettings settings = new EngineSettings(SettingValues.defaults().with(OfferSettings.CURRENT, true));
    final Counters counters = new Counters();
    final List<ShopperOutput> outputs = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final ShopperTables tables;

    /** How many outputs are accepted until one is refused. */
    int accepted = Integer.MAX_VALUE;

    private ShopperTask task;

    TestedShoppers(ShopperTables tables) {
        this.tables = tables;
        startAgain();
    }

    /** Lets a new task go on with the same tables. */
    void startAgain() {
        LiveModels models = new LiveModels(settings, 2);
        LiveModelsWriter shop = new LiveModelsWriter(models, settings, counters);
        Arrival arrival = new Arrival(SYSTEM, NOW);
        for (String id : List.of("a", "b", "c", "d")) {
            shop.item(id, new Item(id, id, "category", 1_000, "GBP", Item.UNKNOWN, Item.UNLIMITED), arrival);
        }
        shop.bundle("ab", bundle("ab", "a", "b"), arrival);
        shop.bundle("cd", bundle("cd", "c", "d"), arrival);
        List<Arm> arms = List.of(new Arm("all", Arm.Kind.TREATMENT, 1));
        shop.strategy(new StrategyPlan(1, "s", arms, Long.MIN_VALUE, Long.MAX_VALUE));
        task = new ShopperTask(
                tables,
                new ShopperTask.Surroundings(this::emit, this::attempt, new TwoPartitions(), EVENTS_KEPT_MILLIS),
                settings,
                models,
                counters,
                what -> {});
    }

    private static Bundle bundle(String id, String first, String second) {
        List<BundleMember> members = List.of(new BundleMember(first, 1), new BundleMember(second, 1));
        return new Bundle(id, id, members, 1_800, 2_000, "GBP", Bundle.Origin.CURATED, NOW);
    }

    private void emit(ShopperOutput output) {
        if (accepted == 0) {
            throw new IllegalStateException("refused");
        }
        accepted--;
        outputs.add(output);
    }

    private boolean attempt(String key, long systemTime, Runnable work) {
        int before = outputs.size();
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            outputs.subList(before, outputs.size()).clear();
            failures.add(key);
            return false;
        }
    }

    void accept(ShopperInput input) {
        task.accept(input, SYSTEM);
    }

    /** Handles an event, and returns what it yields. */
    List<ShopperOutput> happen(ShopperEvent event) {
        return outputsOf(new ShopperInput.Happened(event.partitionId(), event, event, event.time()));
    }

    /** Handles an input, and returns what it yields. */
    List<ShopperOutput> outputsOf(ShopperInput input) {
        outputs.clear();
        accept(input);
        return List.copyOf(outputs);
    }

    /** Lets some time of the machine's clock pass after the latest event, and returns what is then yielded. */
    List<ShopperOutput> tickAfter(long millis) {
        outputs.clear();
        task.tick(SYSTEM + millis);
        return List.copyOf(outputs);
    }

    /** Erases a user, and returns what it yields. */
    List<ShopperOutput> erase(String user, long asked) {
        return outputsOf(new ShopperInput.ErasureAsked(user, user, null, asked, asked));
    }

    ShopperState shopper(String key) {
        byte[] stored = tables.profiles().get(key);
        return stored == null
                ? null
                : new ShopperReader(settings).readAll(key, stored, tables.histories()::get, tables.offers()::get);
    }

    long count(ShopperEvent event, String outcome) {
        return counters.get(
                KomboMetric.EVENTS,
                outcome,
                event.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** All rows of all tables, as text. */
    Map<String, Map<String, String>> stored() {
        Map<String, Map<String, String>> stored = new TreeMap<>();
        stored.put("profiles", rows(tables.profiles(), key -> key));
        stored.put("histories", rows(tables.histories(), key -> key));
        stored.put("offers", rows(tables.offers(), key -> key));
        stored.put("schedule", rows(tables.schedule(), TestedShoppers::text));
        stored.put("gone", rows(tables.gone(), key -> key));
        return stored;
    }

    private static <K> Map<String, String> rows(Table<K, byte[]> table, Function<K, String> text) {
        Map<String, String> rows = new TreeMap<>();
        table.range(
                null,
                null,
                Integer.MAX_VALUE,
                (key, value) -> rows.put(text.apply(key), HexFormat.of().formatHex(value.get())));
        return rows;
    }

    /** Names a row by its bytes, of which the last are the key of a shopper. */
    private static String text(ScheduleKey key) {
        StringBuilder text = new StringBuilder();
        for (byte each : key.bytes()) {
            text.append(each >= ' ' && each < 0x7f ? String.valueOf((char) each) : "%%%02x".formatted(each & 0xff));
        }
        return text.toString();
    }

    /** The outputs of a kind. */
    static <O extends ShopperOutput> List<O> of(Class<O> kind, List<ShopperOutput> outputs) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What outputs say, so that they can be compared. */
    static List<String> described(List<ShopperOutput> outputs) {
        return outputs.stream().map(TestedShoppers::described).toList();
    }

    private static String described(ShopperOutput output) {
        if (output instanceof ShopperOutput.OfferMade made) {
            return "offer " + made.offer().open().offerId() + " of "
                    + made.offer().open().bundles().stream()
                            .map(OfferedBundle::bundleId)
                            .toList() + " at " + made.time();
        } else if (output instanceof ShopperOutput.CurrentOffer offer) {
            return "current " + offer.key() + " "
                    + (offer.offer() == null ? "none" : offer.offer().open().offerId()) + " at " + offer.time();
        } else if (output instanceof ShopperOutput.OutcomesFound found) {
            return found.experiment() + " "
                    + found.outcomes().stream().map(Outcome::toString).toList() + " at " + found.time();
        } else if (output instanceof ShopperOutput.EntityChanged changed) {
            return changed.entity() + " "
                    + (changed.update().interaction() == null
                            ? changed.update().engagement() + " "
                                    + changed.update().purchase()
                            : Arrays.toString(changed.update().interaction().partners()))
                    + " at " + changed.time();
        }
        return output.getClass().getSimpleName() + " at " + output.time();
    }

    /** An event of a user, a session, or both, about an item. */
    static ShopperEvent event(String id, String user, String session, EventType type, String item, long time) {
        return event(id, user, session, type, item, null, null, time);
    }

    /** An event of a user, a session, or both, about an item or a bundle, maybe one of an offer. */
    static ShopperEvent event(
            String id,
            String user,
            String session,
            EventType type,
            String item,
            String bundle,
            String offer,
            long time) {
        boolean paid = type == EventType.PURCHASE;
        return new ShopperEvent(
                id,
                user,
                session,
                type,
                item,
                bundle,
                offer,
                paid ? "order" : null,
                1,
                paid ? bundle == null ? 1_000 : 1_800 : ShopperEvent.NO_PRICE,
                paid ? "GBP" : null,
                Double.NaN,
                null,
                time,
                Map.of(),
                false,
                ShopperEvent.NOT_STATED);
    }

    static ShopperEvent view(String id, String user, long time) {
        return event(id, user, null, EventType.VIEW, "a", time);
    }

    static ShopperEvent buy(String id, String user, String item, long time) {
        return event(id, user, null, EventType.PURCHASE, item, time);
    }

    /** Two partitions, of which the task has the first. */
    private static final class TwoPartitions implements Partitions {
        @Override
        public int count() {
            return 2;
        }

        @Override
        public int own() {
            return 0;
        }

        @Override
        public int of(String key) {
            return key.equals(ELSEWHERE) ? 1 : 0;
        }
    }
}
