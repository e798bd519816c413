package dev.kombo.lab.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The products of Complete Journey: the title is the product type with the package size, the category the product
 * category, or the department where the product has none.
 */
final class CompleteJourneyProducts {
    private static final TableFile TABLE = TableFile.withHeader(
            "completejourney products", "product_id", "department", "product_category", "product_type", "package_size");

    private CompleteJourneyProducts() {}

    /** Reads all products by id; a row that does not parse fails the replay, as this file is no input to be judged. */
    static Map<String, ItemDescription> read(Path file) throws IOException {
        Map<String, ItemDescription> products = new HashMap<>();
        Map<String, String> categories = new HashMap<>();
        TABLE.read(file, fields -> {
            String category = firstFilled(fields.text("product_category"), fields.text("department"));
            String shared = categories.computeIfAbsent(category, same -> same);
            products.put(
                    id(fields, "product_id"), new ItemDescription(title(fields), shared.isEmpty() ? null : shared));
        });
        return products;
    }

    /** An id of the data set, written out where R shortened it to {@code 4.0128e+10}. */
    static String id(Fields fields, String column) {
        String value = fields.key(column);
        return value.contains("e+") ? fields.decimal(column).toBigInteger().toString() : value;
    }

    private static String title(Fields fields) {
        String name = firstFilled(fields.text("product_type"), fields.text("product_category"));
        return (name + " " + fields.text("package_size")).strip();
    }

    private static String firstFilled(String preferred, String other) {
        return preferred.isEmpty() ? other : preferred;
    }
}
