package dev.kombo.lab.data;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Taobao UserBehavior: user, item, category, behaviour and epoch seconds, without a header, names or prices.
 *
 * <p>{@code pv} is a VIEW, {@code cart} ADD_TO_CART, {@code fav} FAVOURITE, {@code buy} PURCHASE; after the checks of
 * {@link EventFormat} any other is an {@code unknown-type}. The file names no orders: a purchase has no order id.
 */
public final class Taobao implements EventFormat, RowMapper {
    /** Name of the format. */
    public static final String NAME = "taobao";

    private static final Layout LAYOUT =
            Layout.withoutHeader(NAME, ',', "user", "item", "category", "behaviour", "time");

    private final TimeFormat times = TimeFormat.epochSeconds();

    @Override
    public EventRows open(Path file) throws IOException {
        return JudgedFile.open(file, LAYOUT, this);
    }

    @Override
    public long eventTime(Row row) {
        return times.epochMillis(row, "time");
    }

    @Override
    public ItemDescription fill(BehaviorEvent event, Row row) {
        event.setUserId(row.key("user"));
        event.setItemId(row.key("item"));
        event.setType(type(row.text("behaviour")));
        return new ItemDescription("", row.key("category"));
    }

    private static EventType type(String behaviour) {
        return switch (behaviour) {
            case "pv" -> EventType.VIEW;
            case "cart" -> EventType.ADD_TO_CART;
            case "fav" -> EventType.FAVOURITE;
            case "buy" -> EventType.PURCHASE;
            default -> throw new RejectedRowException(
                    "unknown-type", "behaviour", "expected pv, cart, fav or buy, found " + Row.shown(behaviour));
        };
    }
}
