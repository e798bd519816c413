package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Map;

/**
 * 84.51° Complete Journey: the basket lines of 2,469 households at a grocer, {@code transactions*.csv}, with the items'
 * categories from {@code products.csv} or {@code products.csv.gz} beside it where that is there.
 *
 * <p>The file is not in time order: it is sorted by {@code transaction_timestamp} first, in memory. The stamp is read as
 * UTC. All rows are PURCHASE events: household is the user, basket the order, amounts are US dollars. Ids that R wrote as
 * {@code 4.0128e+10}, which is shorter and exact, are written out.
 *
 * <p>The unit price is {@code sales_value / quantity}: what the shop receives for one unit. The discount of the loyalty
 * card ({@code retail_disc}) is already taken off, as nearly all households have the card; a manufacturer's coupon ({@code
 * coupon_disc}) is not, as the manufacturer pays it back; nor is the shop's match of it. The price on the shelf without
 * the card would be {@code (sales_value + retail_disc + coupon_match_disc) / quantity}.
 *
 * <p>After the checks of {@link ReplayFormat}, in this order: {@code zero-quantity} (coupons and deposits), {@code
 * negative-quantity}, {@code price-not-positive} (given free), {@code price-below-minor-unit} (fuel, whose quantity is not
 * in units that cost a cent).
 */
final class CompleteJourneyFormat implements ReplayFormat {
    private static final FileLayout LAYOUT = FileLayout.withHeader(
            "completejourney",
            "household_id",
            "basket_id",
            "product_id",
            "quantity",
            "sales_value",
            "transaction_timestamp");

    @Override
    public String name() {
        return LAYOUT.format();
    }

    @Override
    public ReplayRows open(Path file) throws IOException {
        Path beside = ReplayFile.beside(file, "products.csv");
        Map<String, ItemDescription> products = beside == null ? Map.of() : CompleteJourneyProducts.read(beside);
        return new JoinedFiles(file.getFileName().toString())
                .add(LAYOUT, file, new TransactionMapper(products))
                .byTime(FileCatalog.EMPTY);
    }

    private static final class TransactionMapper implements RowMapper {
        private final Map<String, ItemDescription> products;
        private final LocalTimes times = LocalTimes.utc("uuuu-MM-dd'T'HH:mm:ss");

        TransactionMapper(Map<String, ItemDescription> products) {
            this.products = products;
        }

        @Override
        public long eventTime(Fields fields) {
            return times.epochMillis(fields, "transaction_timestamp");
        }

        @Override
        public ItemDescription fill(BehaviorEvent event, Fields fields) {
            event.setType(EventType.PURCHASE);
            event.setUserId(CompleteJourneyProducts.id(fields, "household_id"));
            event.setOrderId(CompleteJourneyProducts.id(fields, "basket_id"));
            event.setItemId(CompleteJourneyProducts.id(fields, "product_id"));
            int quantity = fields.integer("quantity");
            BigDecimal sales = fields.decimal("sales_value");
            if (quantity == 0) {
                throw new RejectedRowException("zero-quantity", "quantity", "expected units, found 0");
            }
            if (quantity < 0) {
                throw new RejectedRowException("negative-quantity", "quantity", "expected units, found " + quantity);
            }
            event.setQuantity(quantity);
            BigDecimal unitPrice = sales.divide(BigDecimal.valueOf(quantity), MathContext.DECIMAL128);
            event.setUnitPriceMinor(Prices.positiveMinorUnits(unitPrice, "sales_value"));
            event.setCurrency("USD");
            return products.getOrDefault(event.getItemId(), ItemDescription.NONE);
        }
    }
}
