package dev.kombo.shop.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What is in the file of Online Retail, taken from its lines by other means than the replay's. */
public final class OnlineRetailTruth {
    private static final Pattern LINE = Pattern.compile("([^,]*),([^,]*),(.*),(-?\\d+),"
            + "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d),(-?\\d+(?:\\.\\d+)?),(\\d+\\.0)?,([^,]+)");
    private static final Pattern PRODUCT = Pattern.compile("[0-9]..[0-9].+");

    private OnlineRetailTruth() {}

    /** Number of rows by what becomes of them: a type of event, or a reason of rejection. */
    public static SortedMap<String, Long> kinds(Path file) throws IOException {
        SortedMap<String, Long> kinds = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (String line : lines(file)) {
            kinds.merge(seen.add(line) ? kind(line) : "duplicate-row", 1L, Long::sum);
        }
        return kinds;
    }

    /** Items bought, by invoice. */
    public static Map<String, Set<String>> invoices(Path file) throws IOException {
        return invoices(file, false);
    }

    /** Items bought by customers who are known, by invoice. */
    public static Map<String, Set<String>> invoicesOfCustomers(Path file) throws IOException {
        return invoices(file, true);
    }

    private static Map<String, Set<String>> invoices(Path file, boolean known) throws IOException {
        Map<String, Set<String>> invoices = new HashMap<>();
        for (String line : lines(file)) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches() && kind(line).equals("PURCHASE") && !(known && parts.group(7) == null)) {
                invoices.computeIfAbsent(parts.group(1), unused -> new HashSet<>())
                        .add(parts.group(2).toUpperCase(Locale.ROOT));
            }
        }
        return invoices;
    }

    private static String kind(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return "unparsable-row";
        }
        boolean cancelled = parts.group(1).charAt(0) == 'C';
        double quantity = Double.parseDouble(parts.group(4));
        if (!PRODUCT.matcher(parts.group(2)).matches()) {
            return "not-a-product";
        }
        if (quantity < 0 && !cancelled) {
            return "negative-quantity";
        }
        if (Double.parseDouble(parts.group(6)) <= 0) {
            return "price-not-positive";
        }
        return cancelled ? "RETURN" : "PURCHASE";
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.readLine();
            reader.lines().forEach(lines::add);
        }
        return lines;
    }
}
