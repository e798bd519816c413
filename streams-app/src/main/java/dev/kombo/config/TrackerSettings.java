package dev.kombo.config;

import static dev.kombo.settings.Range.between;

import dev.kombo.profile.EventType;
import dev.kombo.settings.Format;
import dev.kombo.settings.Setting;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings of the tracker, through which web pages of the shop send events and read offers. */
public final class TrackerSettings {
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#\\s]+");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]*");

    public static final Setting<String> KEY_SHOWN = Setting.ofString(
                    "kombo.tracker.key", "", new Format<>("letters, digits, - and _", TrackerSettings::key))
            .high("Publishable key of the web tracker, part of the shop's pages and not a secret. Empty:"
                    + " the tracker is off.");
    public static final Setting<List<String>> ORIGINS = Setting.ofList(
                    "kombo.tracker.origins",
                    "",
                    new Format<>("origins, as https://shop.example", TrackerSettings::origins))
            .high("Origins whose pages may use the tracker, such as https://shop.example; all others are"
                    + " refused.");
    public static final Setting<Set<EventType>> TYPES = Setting.ofList(
                    "kombo.tracker.types",
                    "VIEW,CLICK,FAVOURITE,ADD_TO_CART,REMOVE_FROM_CART,OFFER_REQUEST,OFFER_IMPRESSION,OFFER_CLICK,"
                            + "OFFER_DISMISSAL",
                    new Format<>("event types", TrackerSettings::types))
            .medium("Types of events that the tracker may send. Leave PURCHASE to the shop's server, as"
                    + " anybody can forge what a page sends.");
    // Signatures are visible in pages: anybody with one could try short secrets offline, as fast as they like.
    public static final Setting<String> USER_SECRET = Setting.ofPassword("kombo.tracker.user.secret", 32)
            .medium("Secret with which the shop's server signs the id of the logged-in user: HMAC-SHA256 of"
                    + " the id, in hexadecimal. Without it the tracker accepts no user"
                    + " ids.");
    public static final Setting<String> ADDRESS_HEADER = Setting.ofString(
                    "kombo.tracker.address.header", "", Format.text())
            .medium("Header in which a proxy in front of Kombo passes the client's address, such as"
                    + " X-Forwarded-For; the last address in it counts. Empty: the address of the connection,"
                    + " which is the same for all clients behind a proxy.");
    public static final Setting<Integer> RATE = Setting.ofInt(
                    "kombo.tracker.requests.per.second", 10, between(1, 1_000_000))
            .medium("Sustained events and requests per second per address, or IPv6 network (/64); a /48 may"
                    + " have four times as many. Bursts may be twice as many.");
    public static final Setting<Integer> KEY_RATE = Setting.ofInt(
                    "kombo.tracker.key.requests.per.second", 1_000, between(1, 1_000_000))
            .medium("Sustained events and requests per second of all pages together, per instance.");
    public static final Setting<Integer> SESSIONS = Setting.ofInt(
                    "kombo.tracker.sessions.per.minute", 60, between(1, 1_000_000))
            .medium(
                    "New sessions per minute per address, or IPv6 network (/64), and instance; a /48 may have four times"
                            + " as many.");

    private TrackerSettings() {}

    private static String key(Object given) {
        if (!KEY.matcher(given.toString()).matches()) {
            throw new IllegalArgumentException(given + " holds other characters");
        }
        return given.toString();
    }

    private static List<String> origins(Object given) {
        List<String> origins = ((List<?>) given).stream().map(Object::toString).toList();
        origins.forEach(origin -> {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        origin + " is not an origin (scheme, host and port, without a path)");
            }
        });
        return origins;
    }

    private static Set<EventType> types(Object given) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        ((List<?>) given).forEach(name -> types.add(EventType.valueOf(name.toString())));
        return types;
    }
}
