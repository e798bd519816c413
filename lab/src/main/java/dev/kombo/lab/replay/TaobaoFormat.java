package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Taobao UserBehavior: user, item, category, behaviour and epoch seconds, without a header, names or prices.
 *
 * <p>{@code pv} is a VIEW, {@code cart} ADD_TO_CART, {@code fav} FAVOURITE, {@code buy} PURCHASE; after the checks of
 * {@link ReplayFormat} any other is an {@code unknown-type}. The file names no orders: a purchase has no order id.
 */
final class TaobaoFormat implements ReplayFormat, RowMapper {
    private static final FileLayout LAYOUT =
            FileLayout.withoutHeader("taobao", "user", "item", "category", "behaviour", "time");

    private static final int MAX_SECONDS = Integer.MAX_VALUE;

    @Override
    public String name() {
        return LAYOUT.format();
    }

    @Override
    public ReplayRows open(Path file) throws IOException {
        return LAYOUT.stream(file, this);
    }

    @Override
    public long eventTime(Fields fields) {
        int seconds = fields.integer("time");
        if (seconds < 0) {
            throw RejectedRowException.unparsable(
                    "time", "expected seconds since 1970, at most " + MAX_SECONDS + ", found " + seconds);
        }
        return Instant.ofEpochSecond(seconds).toEpochMilli();
    }

    @Override
    public ItemDescription fill(BehaviorEvent event, Fields fields) {
        event.setUserId(fields.key("user"));
        event.setItemId(fields.key("item"));
        event.setType(type(fields.text("behaviour")));
        return new ItemDescription("", fields.key("category"));
    }

    private static EventType type(String behaviour) {
        return switch (behaviour) {
            case "pv" -> EventType.VIEW;
            case "cart" -> EventType.ADD_TO_CART;
            case "fav" -> EventType.FAVOURITE;
            case "buy" -> EventType.PURCHASE;
            default -> throw new RejectedRowException(
                    "unknown-type", "behaviour", "expected pv, cart, fav or buy, found " + Fields.shown(behaviour));
        };
    }
}
