package dev.kombo.shop.data;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import dev.kombo.table.FileLayout;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.TimeFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads the public data set UCI Online Retail as purchases and returns: the invoice lines of a British wholesaler of
 * gifts, as CSV with the header {@code
 * InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country}.
 *
 * <p>Rules after those of {@link EventFileFormat}, in this order:
 *
 * <ol>
 *   <li>{@code not-a-product}: a stock code of a product has at least 5 characters, of which the first and the fourth
 *       are digits ({@code 85123A}). Everything else is a service, a fee, a correction or a voucher ({@code POST},
 *       {@code DOT}, {@code M}, {@code C2}, {@code BANK CHARGES}, {@code gift_0001_20}).
 *   <li>{@code zero-quantity}
 *   <li>{@code negative-quantity}: without a cancellation, which is an invoice number that starts with {@code C}; these
 *       are corrections of stock
 *   <li>{@code positive-cancellation}: a cancellation without a returned quantity
 *   <li>{@code price-not-positive}, {@code price-below-minor-unit}: write-offs and samples
 * </ol>
 *
 * A cancellation is a RETURN of the positive quantity whose order is the cancelling invoice (the file does not name the
 * invoice cancelled); all other rows are PURCHASE events. Amounts are pounds; the stamp is read as UTC. A row without a
 * customer is an anonymous basket: its session is the invoice. {@code 17850.0} is customer 17850.
 *
 * <p>Stock codes are upper-cased: of the 95 codes that occur in both cases before October 2011, 93 have the same
 * description in both, one has two wordings of it, one has none in one case; the case depends on who keyed the invoice.
 */
public final class OnlineRetail implements EventFileFormat, RowMapper {
    /** Name of the format and of the data set. */
    public static final String NAME = "online-retail";

    private static final FileLayout LAYOUT = FileLayout.withHeader(
            NAME, "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID");

    /** Length and places of digits by which the stock code of a product is known. */
    private static final int SHORTEST_CODE = 5;

    private static final int FIRST_DIGIT = 0;
    private static final int FOURTH_DIGIT = 3;

    private final TimeFormat times = TimeFormat.utc("uuuu-MM-dd HH:mm:ss");

    @Override
    public EventRows open(Path file) throws IOException {
        return new CheckedFile(file, LAYOUT, this);
    }

    @Override
    public long eventTime(Row row) {
        return times.epochMillis(row, "InvoiceDate");
    }

    @Override
    public TitleAndCategory fill(BehaviorEvent event, Row row) {
        String invoice = row.key("InvoiceNo");
        int quantity = row.integer("Quantity");
        var price = row.decimal("UnitPrice");
        boolean cancellation = invoice.startsWith("C");
        event.setItemId(productCode(row.text("StockCode")));
        if (cancellation && quantity > 0) {
            throw new RejectedRowException(
                    "positive-cancellation", "Quantity", "expected a negative quantity, found " + quantity);
        }
        event.setType(cancellation ? EventType.RETURN : EventType.PURCHASE);
        event.setQuantity(Row.units(cancellation ? -quantity : quantity, "Quantity"));
        event.setUnitPriceMinor(Row.priceInHundredths(price, "UnitPrice"));
        event.setCurrency("GBP");
        event.setOrderId(invoice);
        String customer = customerId(row.text("CustomerID"));
        event.setUserId(customer);
        event.setSessionId(customer == null ? invoice : null);
        return new TitleAndCategory(row.text("Description"), null);
    }

    private static String productCode(String code) {
        if (code.length() < SHORTEST_CODE
                || !isDigit(code.charAt(FIRST_DIGIT))
                || !isDigit(code.charAt(FOURTH_DIGIT))) {
            throw new RejectedRowException(
                    "not-a-product",
                    "StockCode",
                    "expected a code of at least 5 characters with digits at 1 and 4, found " + Row.shown(code));
        }
        return code.toUpperCase(Locale.ROOT);
    }

    private static String customerId(String value) {
        String id = value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
        return id.isEmpty() ? null : id;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
