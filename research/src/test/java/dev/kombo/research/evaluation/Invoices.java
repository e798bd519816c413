package dev.kombo.research.evaluation;

import dev.kombo.research.data.Baskets;
import dev.kombo.shop.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Invoices of a made-up shop, one a minute. */
final class Invoices {
    private static final Instant START = Instant.parse("2011-01-01T08:00:00Z");
    private static final int SPREAD_MINUTES = 240;

    private final List<String> rows = new ArrayList<>();
    private int count;

    Invoices() {
        rows.add("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country");
    }

    /** Adds an invoice, four hours after the one before. */
    Invoices add(int user, int... items) {
        String time = time().toString().replace('T', ' ').replace("Z", "");
        for (int item : items) {
            rows.add("%d,%d,THING,1,%s,2.00,%d.0,UK".formatted(500000 + count, 10000 + item, time, user));
        }
        count++;
        return this;
    }

    /** When the next invoice will be. */
    Instant time() {
        return START.plusSeconds(60L * SPREAD_MINUTES * count);
    }

    Baskets read(Path folder) throws IOException {
        DataFiles.write(folder, "shop.csv", rows.toArray(String[]::new));
        return Baskets.onlineRetail(folder, null);
    }
}
