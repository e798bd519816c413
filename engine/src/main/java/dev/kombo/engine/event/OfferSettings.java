package dev.kombo.engine.event;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.SECOND;
import static dev.kombo.settings.Range.between;

import dev.kombo.profile.EventType;
import dev.kombo.settings.Format;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Settings of offers: which events trigger one, how large and how often, and what is published with it. */
public record OfferSettings(
        Set<EventType> triggers, long intervalMillis, int size, long validityMillis, String placement) {
    private static final Set<EventType> POSSIBLE_TRIGGERS = EnumSet.of(
            EventType.VIEW,
            EventType.CLICK,
            EventType.FAVOURITE,
            EventType.ADD_TO_CART,
            EventType.REMOVE_FROM_CART,
            EventType.PURCHASE,
            EventType.RATING,
            EventType.OFFER_REQUEST,
            EventType.OFFER_CLICK);

    public static final Setting<Set<EventType>> TRIGGERS = Setting.ofList(
                    "kombo.offer.triggers",
                    "VIEW,CLICK,FAVOURITE,ADD_TO_CART,PURCHASE,OFFER_REQUEST",
                    new Format<>("any of " + POSSIBLE_TRIGGERS, OfferSettings::triggers))
            .high("Types of events that trigger an offer.");
    public static final Setting<Integer> SIZE =
            Setting.ofInt("kombo.offer.size", 3, between(1, 100)).high("Most bundles of a slate.");
    public static final Setting<Long> INTERVAL = Setting.ofLong("kombo.offer.interval.ms", SECOND, between(0L, DECADE))
            .medium("Minimum time between two triggered offers for the same shopper and placement, in milliseconds. "
                    + "Requests are always answered.");
    public static final Setting<Long> VALIDITY = Setting.ofLong("kombo.offer.validity.ms", DAY, between(SECOND, DECADE))
            .medium("How long an offer's prices are valid, in milliseconds.");
    public static final Setting<String> PLACEMENT = Setting.ofString(
                    "kombo.offer.placement", "default", Format.notBlank())
            .medium("Placement of offers whose trigger names none.");
    public static final Setting<Boolean> CURRENT = Setting.ofBoolean("kombo.offer.current", false)
            .medium("Whether the topic current-offer keeps the latest offer per shopper and placement until"
                    + " its prices end.");
    public static final Setting<Boolean> DISPLAY = Setting.ofBoolean("kombo.offer.display", false)
            .medium("Whether published offers contain the titles of bundles and items, and images and links"
                    + " of items, so that they can be shown without a catalogue.");

    /** Reads the settings. */
    public static OfferSettings of(SettingValues values) {
        return new OfferSettings(
                values.get(TRIGGERS),
                values.get(INTERVAL),
                values.get(SIZE),
                values.get(VALIDITY),
                values.get(PLACEMENT));
    }

    private static Set<EventType> triggers(Object given) {
        Set<EventType> triggers = EnumSet.noneOf(EventType.class);
        for (Object name : (List<?>) given) {
            triggers.add(POSSIBLE_TRIGGERS.stream()
                    .filter(type -> type.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name + " triggers no offer")));
        }
        return triggers;
    }
}
