package dev.kombo.shop.data;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Order exports of shop platforms in a folder. */
abstract class Exports {
    @TempDir
    Path folder;

    Path shopify(String rows) throws IOException {
        return Files.writeString(
                folder.resolve("o.csv"),
                "\uFEFFName,Email,Financial Status,Currency,Subtotal,Refunded Amount,Created at,Lineitem quantity,"
                        + "Lineitem name,Lineitem price,Lineitem sku,Lineitem discount\n" + rows,
                StandardCharsets.UTF_8);
    }

    ShopFiles shop(Path orders, Path items) throws IOException {
        return ShopFiles.guess(
                orders, items, null, new ShopFiles.Given("EUR", "Europe/Berlin", null, Map.of(), Map.of()));
    }

    List<EventRow> read(ShopFiles shop, Path file) {
        return EventFiles.read(shop, file, CustomerKeys.in(folder));
    }

    static List<BehaviorEvent> events(List<EventRow> rows) {
        List<BehaviorEvent> events = new ArrayList<>();
        rows.forEach(row -> {
            if (row instanceof EventRow.Accepted accepted) {
                events.add(accepted.event());
            }
        });
        return events;
    }

    static long revenue(List<EventRow> rows) {
        return events(rows).stream()
                .mapToLong(event -> event.getUnitPriceMinor()
                        * event.getQuantity()
                        * (event.getType() == EventType.RETURN ? -1 : 1))
                .sum();
    }
}
