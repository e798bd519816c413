package dev.kombo.research.data;

import dev.kombo.shop.data.EventRow;
import dev.kombo.shop.data.EventRows;
import dev.kombo.shop.data.HoldingsTable;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which products each customer holds, by number, and the attributes of customers, as {@link HoldingsTable} reads them.
 *
 * @param held products of each customer
 * @param attributes of each customer, by name
 * @param read names of the attributes that rank
 * @param asked numbers of the customers with two products or more of whom one is held out
 * @param leftOut number of unusable rows, by reason
 */
public record HoldingsData(
        List<String> customers,
        List<String> products,
        List<int[]> held,
        List<Map<String, String>> attributes,
        Set<String> read,
        Set<Integer> asked,
        Map<String, Long> leftOut) {
    /** Name of the data set. */
    public static final String NAME = HoldingsTable.NAME;

    /**
     * Reads the file of a folder, and the test part unless it is null; of that alone is asked then.
     *
     * @throws DataException if there is no such file, or nobody holds two products
     */
    public static HoldingsData read(Path folder, Path test) throws IOException {
        Map<String, Set<String>> held = new LinkedHashMap<>();
        Map<String, Map<String, String>> attributes = new HashMap<>();
        Map<String, Long> leftOut = new TreeMap<>();
        Path file = DataSetFolder.file(NAME, folder, "holdings", "customers");
        Set<String> whole = add(file, held, attributes, leftOut);
        Set<String> asked = test == null ? whole : add(test, held, attributes, leftOut);
        List<String> customers = List.copyOf(held.keySet());
        Map<String, Integer> numbers = new LinkedHashMap<>();
        held.values().forEach(all -> all.forEach(product -> numbers.putIfAbsent(product, numbers.size())));
        HoldingsData read = new HoldingsData(
                customers,
                List.copyOf(numbers.keySet()),
                held.values().stream()
                        .map(all -> all.stream().mapToInt(numbers::get).toArray())
                        .toList(),
                customers.stream().map(attributes::get).toList(),
                HoldingsTable.attributes(new HoldingsTable().guess(file)),
                IntStream.range(0, customers.size())
                        .filter(c -> asked.contains(customers.get(c))
                                && held.get(customers.get(c)).size() > 1)
                        .boxed()
                        .collect(Collectors.toSet()),
                leftOut);
        if (read.asked().isEmpty()) {
            throw new DataException("nobody in " + folder + " holds two products: none can be predicted");
        }
        return read;
    }

    /** Reads a file; returns its customers. */
    private static Set<String> add(
            Path file,
            Map<String, Set<String>> held,
            Map<String, Map<String, String>> attributes,
            Map<String, Long> leftOut)
            throws IOException {
        Set<String> customers = new HashSet<>();
        try (EventRows rows = new HoldingsTable().open(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof EventRow.Accepted holding) {
                    String customer = holding.event().getUserId();
                    customers.add(customer);
                    held.computeIfAbsent(customer, none -> new LinkedHashSet<>())
                            .add(holding.event().getItemId());
                    attributes.putIfAbsent(customer, holding.event().getAttributes());
                } else if (row instanceof EventRow.Rejected rejected) {
                    leftOut.merge(file.getFileName() + ": " + rejected.reason(), 1L, Long::sum);
                }
            }
        }
        return customers;
    }
}
