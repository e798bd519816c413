package dev.kombo.lab.data;

import dev.kombo.lab.data.EventRow.TitleAndCategory;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import dev.kombo.table.TimeFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the public data set 84.51° Complete Journey as purchases: the basket lines of 2,469 households at a grocer,
 * {@code transactions*.csv}, with the items' categories from {@code products.csv} or {@code products.csv.gz} beside it,
 * if present: the title is the product type with the package size, the category the product category, or the department
 * if the product has none.
 *
 * <p>The file is not in time order: it is first sorted by {@code transaction_timestamp}, in memory. The stamp is read
 * as UTC. All rows are PURCHASE events: the household is the user, the basket the order, amounts are US dollars. Ids
 * that R abbreviated to {@code 4.0128e+10}, which is exact, are written out.
 *
 * <p>The unit price is {@code sales_value / quantity}: what the shop receives for one unit. The discount of the loyalty
 * card ({@code retail_disc}) is already deducted, as nearly all households have the card; a manufacturer's coupon
 * ({@code coupon_disc}) is not, as the manufacturer pays it back; nor is the shop's match of it. The shelf price
 * without the card would be {@code (sales_value + retail_disc + coupon_match_disc) / quantity}.
 *
 * <p>Rules after those of {@link EventFileFormat}, in this order: {@code zero-quantity} (coupons and deposits),
 * {@code negative-quantity}, {@code price-not-positive} (given free), {@code price-below-minor-unit} (fuel, whose
 * quantity is in units that cost less than a cent).
 */
public final class CompleteJourney implements EventFileFormat {
    /** Name of the format and of the data set. */
    public static final String NAME = "completejourney";

    private static final FileLayout TRANSACTIONS = FileLayout.withHeader(
            NAME, "household_id", "basket_id", "product_id", "quantity", "sales_value", "transaction_timestamp");
    private static final FileLayout PRODUCTS = FileLayout.withHeader(
            NAME + " products", "product_id", "department", "product_category", "product_type", "package_size");

    @Override
    public EventRows open(Path file) throws IOException {
        SortedMap<String, Long> leftOut = new TreeMap<>();
        Map<String, TitleAndCategory> products = new HashMap<>();
        DataSetFolder.around(file, NAME)
                .readIfPresent(
                        "products.csv", PRODUCTS, leftOut, row -> products.put(id(row, "product_id"), describe(row)));
        return new JoinedFiles(file, new FileCatalog(List.of(), List.of(), leftOut))
                .add(file, TRANSACTIONS, new TransactionMapper(products))
                .byTime();
    }

    /** Returns an id, written out if R abbreviated it to {@code 4.0128e+10}. */
    private static String id(Row row, String column) {
        String value = row.key(column);
        return value.contains("e+") ? row.decimal(column).toBigInteger().toString() : value;
    }

    private static TitleAndCategory describe(Row product) {
        String category = product.text("product_category");
        String name = firstFilled(product.text("product_type"), category);
        String group = firstFilled(category, product.text("department"));
        return new TitleAndCategory(
                (name + " " + product.text("package_size")).strip(), group.isEmpty() ? null : group);
    }

    private static String firstFilled(String preferred, String other) {
        return preferred.isEmpty() ? other : preferred;
    }

    private record TransactionMapper(Map<String, TitleAndCategory> products) implements RowMapper {
        private static final TimeFormat TIMES = TimeFormat.utc("uuuu-MM-dd'T'HH:mm:ss");

        @Override
        public long eventTime(Row row) {
            return TIMES.epochMillis(row, "transaction_timestamp");
        }

        @Override
        public TitleAndCategory fill(BehaviorEvent event, Row row) {
            event.setType(EventType.PURCHASE);
            event.setUserId(id(row, "household_id"));
            event.setOrderId(id(row, "basket_id"));
            event.setItemId(id(row, "product_id"));
            BigDecimal sales = row.decimal("sales_value");
            event.setQuantity(Row.units(row.integer("quantity"), "quantity"));
            BigDecimal unitPrice = sales.divide(BigDecimal.valueOf(event.getQuantity()), MathContext.DECIMAL128);
            event.setUnitPriceMinor(Row.priceInHundredths(unitPrice, "sales_value"));
            event.setCurrency("USD");
            return products.getOrDefault(event.getItemId(), TitleAndCategory.NONE);
        }
    }
}
