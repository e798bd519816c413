package dev.kombo.config;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Format;
import dev.kombo.settings.Millis;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.net.URI;
import java.util.List;

/** Settings of {@code kombo webhook}, which posts offers to a shop's server. */
public final class WebhookSettings {
    public static final Setting<String> URL = Setting.ofString(
                    "kombo.webhook.url", "", new Format<>("an http or https address", WebhookSettings::address))
            .medium("Address to which 'kombo webhook' posts each offer.");
    public static final Setting<String> SECRET = Setting.ofPassword("kombo.webhook.secret")
            .medium("Secret that signs posted offers: whsec_ followed by 24 to 64 bytes in Base64. While you rotate it,"
                    + " give the new and the old one, separated by a space; both sign.");
    public static final Setting<String> GROUP = Setting.ofString(
                    "kombo.webhook.group", "kombo-webhook", Format.notBlank())
            .medium("Consumer group of 'kombo webhook': processes of one group share the offers and know"
                    + " which were sent.");
    public static final Setting<String> METRICS = Setting.ofString(
                    "kombo.webhook.metrics", "127.0.0.1:7701", ApiSettings.HOST_AND_PORT)
            .medium("Address at which 'kombo webhook' serves /metrics, without a token, host:port; empty:" + " none.");
    public static final Setting<Integer> IN_FLIGHT = Setting.ofInt("kombo.webhook.in.flight", 64, between(1, 10_000))
            .medium("Most requests in flight, at most one per shopper.");
    public static final Setting<Long> TIMEOUT = Setting.ofLong(
                    "kombo.webhook.timeout.ms", 15_000, between(100L, 600_000L))
            .low("Timeout of a request to the webhook, in milliseconds. After a timeout the offer is sent again.");
    public static final Setting<Long> LONGEST_WAIT = Setting.ofLong(
                    "kombo.webhook.retry.longest.ms", 300_000, between(1000L, Millis.DAY))
            .low("Longest wait before a failed offer is sent again, in milliseconds. The first wait is"
                    + " one second, and each further one is twice as long, less up to half at random."
                    + " Retry-After is obeyed up to this limit.");
    public static final Setting<Long> GIVE_UP = Setting.ofLong(
                    "kombo.webhook.give.up.ms", Millis.HOUR, between(1000L, 7 * Millis.DAY))
            .medium("Time after which an offer that keeps failing while others are delivered goes to"
                    + " dead-letter, in milliseconds. While none is delivered, all wait.");

    private WebhookSettings() {}

    /** Returns contradictions between the values. */
    static List<String> contradictions(SettingValues values) {
        return !values.get(URL).isEmpty() && values.get(SECRET) == null
                ? List.of(URL.name() + ": what is posted is signed, for which " + SECRET.name() + " is needed")
                : List.of();
    }

    private static String address(Object given) {
        String text = given.toString();
        if (!text.isEmpty()) {
            URI address = URI.create(text);
            if (!List.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
                throw new IllegalArgumentException(text + " is none");
            }
        }
        return text;
    }
}
