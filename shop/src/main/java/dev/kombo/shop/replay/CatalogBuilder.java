package dev.kombo.shop.replay;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Derives items with titles and prices from the events of a replayed file, for the catalogue that the file lacks.
 *
 * <p>An item's title is its most frequent description so far; of equally frequent ones, the first to reach that count.
 * Its price is the last positive one of a unit, before discounts where the file tells; a return states an earlier price
 * and changes none. An item must be published when it is new or its price changed; if only the title changed, at the
 * end ({@link #retitled}).
 */
public final class CatalogBuilder {
    private final Map<String, ItemFacts> items = new LinkedHashMap<>();

    /** Notes an item that was published from the file's own catalogue. */
    void published(Item item) {
        ItemFacts facts = new ItemFacts();
        facts.title = item.getTitle();
        facts.category = item.getCategory();
        facts.priceMinor = item.getPriceMinor();
        facts.currency = item.getCurrency();
        facts.updatedAt = item.getUpdatedAt();
        facts.publish(item.getItemId());
        items.put(item.getItemId(), facts);
    }

    /** Learns from an event; returns the item if it must be published before the event, else null. */
    public Item observe(BehaviorEvent event, TitleAndCategory description) {
        String itemId = event.getItemId();
        if (itemId == null) {
            return null;
        }
        boolean due = !items.containsKey(itemId);
        ItemFacts facts = items.computeIfAbsent(itemId, none -> new ItemFacts());
        facts.describe(description);
        Long price = description.priceMinor() != null ? description.priceMinor() : event.getUnitPriceMinor();
        boolean priced = event.getType() != EventType.RETURN && price != null && price > 0;
        due |= priced && facts.price(price, event.getCurrency());
        facts.updatedAt = Math.max(facts.updatedAt, event.getEventTime());
        return due ? facts.publish(itemId) : null;
    }

    /** The items whose title or category differs from the one last published. */
    public List<Item> retitled() {
        List<Item> due = new ArrayList<>();
        items.forEach((itemId, facts) -> {
            if (!facts.title.equals(facts.publishedTitle) || !Objects.equals(facts.category, facts.publishedCategory)) {
                due.add(facts.publish(itemId));
            }
        });
        return due;
    }

    private static final class ItemFacts {
        private final Map<String, Integer> descriptions = new HashMap<>(4);
        private String title = "";
        private String publishedTitle = "";
        private String category;
        private String publishedCategory;
        private Long priceMinor;
        private String currency;
        private long updatedAt = Long.MIN_VALUE;

        void describe(TitleAndCategory description) {
            if (description.category() != null) {
                category = description.category();
            }
            if (!description.title().isEmpty()) {
                int count = descriptions.merge(description.title(), 1, Integer::sum);
                if (count > descriptions.getOrDefault(title, 0)) {
                    title = description.title();
                }
            }
        }

        boolean price(long minor, String code) {
            boolean changed = priceMinor == null || priceMinor != minor || !Objects.equals(currency, code);
            if (changed) {
                priceMinor = minor;
                currency = code;
            }
            return changed;
        }

        Item publish(String itemId) {
            publishedTitle = title;
            publishedCategory = category;
            return Item.newBuilder()
                    .setItemId(itemId)
                    .setTitle(title)
                    .setCategory(category)
                    .setPriceMinor(priceMinor)
                    .setCurrency(currency)
                    .setUpdatedAt(updatedAt)
                    .build();
        }
    }
}
