package dev.kombo.shop.data;

import dev.kombo.schema.EventType;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Guesses the format of an unknown delimited file and the meaning of its columns from its header and rows: encoding,
 * delimiter, decimal mark, time format, and, by their names, the columns for the fields of {@link ColumnMapping}. The
 * result is a mapping, which a person can read, correct and keep.
 */
final class ColumnGuess {
    /** Shorter names occur within too many words: "set" in "asset". */
    private static final int SHORTEST_PART = 5;
    /** Most rows of an order on average; with more the column is not an order id. */
    private static final int FEW_ROWS = 100;
    /** Rows of an order on average; with more, what repeats is something else. */
    private static final int FEW_LINES = 4;
    /** Fewest values of which it means something that no two are the same. */
    private static final int SEVERAL = 20;

    private static final double NEARLY_ALL = 0.95;

    /** Share of the values of a column that must be types of events: a few rows may be invalid. */
    private static final double MOST_TYPES = 0.9;

    private static final Pattern MARKS = Pattern.compile("\\p{M}|[^\\p{L}\\p{N}]");

    private static final Pattern OTHER_THAN_TIMES = Pattern.compile(
            "total|gesamt|summe|status|name|aktion|action|rabatt|discount|steuer|tax|note|notiz|comment");
    private static final Pattern OTHER = Pattern.compile(OTHER_THAN_TIMES + "|datum|date|time|zeit|gruppe|group");

    static final Properties TABLE = ExportTable.load("columns");
    /** Fields whose columns must match a name exactly: other columns are named after values or products. */
    private static final List<String> NAMED_EXACTLY = words("exactly");

    /** What the rows of a file are. */
    enum Kind {
        ORDERS,
        ITEMS,
        BUNDLES,
        HOLDINGS;

        /** The catalogue's table of what the rows are, or null. */
        CatalogTable<?> table() {
            return switch (this) {
                case ITEMS -> CatalogTable.ITEMS;
                case BUNDLES -> CatalogTable.BUNDLES;
                case ORDERS, HOLDINGS -> null;
            };
        }
    }

    private final Path file;
    private final FileSample sample;
    private final Map<String, String> mapping = new LinkedHashMap<>();
    private final Map<String, String> confidence = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private ExportTable export;

    private ColumnGuess(Path file, FileSample sample) {
        this.file = file;
        this.sample = sample;
        mapping.put("delimiter", sample.delimiter());
        mapping.put("encoding", sample.charset().name());
    }

    static List<String> words(String key) {
        return List.of(TABLE.getProperty(key).split(" ", -1));
    }

    /**
     * Guesses the mapping of a file.
     *
     * @param kind of orders and items, the exports of shop systems are known
     * @param fields fields to look for; one whose column is not found is left out
     * @param given columns of fields that are not to be guessed; empty if a field has none
     * @param currency of amounts without one; null: the rows have no amounts
     * @throws DataException if there is no such file, or it has no row below its header
     */
    static ColumnGuess of(Path file, Kind kind, Collection<String> fields, Map<String, String> given, String currency)
            throws IOException {
        ColumnGuess guess = new ColumnGuess(file, FileSample.of(file));
        guess.give(given);
        guess.export = ExportTable.recognised(guess.header(), kind);
        if (guess.export != null) {
            guess.takeExport(given);
        } else {
            guess.columns(kind, fields, given);
        }
        if (currency != null) {
            guess.mapping.put("constant.currency", currency);
        }
        new FormatGuess(guess.sample, guess.mapping, guess.notes).guess();
        boolean multiplied = Stream.of("orderId", "quantity", "unitPrice").allMatch(guess::found);
        if (guess.export == null && multiplied && !guess.found("type")) {
            guess.lineTotal(given);
        }
        return guess;
    }

    /** The export of a shop system that the file was recognised as, or null. */
    ExportTable export() {
        return export;
    }

    /** The entries of the mapping: field or setting of {@link ColumnMapping}, and its value. */
    Map<String, String> mapping() {
        return mapping;
    }

    /** Whether there is a column for a field. */
    boolean found(String field) {
        return mapping.containsKey(field);
    }

    /** Sets a field that has no column to the same value in all rows. */
    void constant(String field, String value) {
        if (!found(field)) {
            mapping.put("constant." + field, value);
        }
    }

    /** A sample of the file. */
    FileSample sample() {
        return sample;
    }

    /** Takes a column as an attribute under its name, unless its values differ in most rows, as names do. */
    void attribute(String column) {
        long values = sample.values(column).distinct().count();
        int rows = sample.rows().size();
        if (rows < FEW_ROWS || 2 * values < rows) {
            mapping.put("attribute." + column, column);
        } else {
            notes.add("column " + column + " is not used: hardly any two of its values are the same");
        }
    }

    /** Leaves out the column of a field, for a reason that a person should know. */
    void drop(String field, String why) {
        notes.add("column " + mapping.remove(field) + " is not used: " + why);
    }

    /** Names of the columns that no field has. */
    List<String> unused() {
        return header().stream()
                .filter(column -> !mapping.containsValue(column))
                .toList();
    }

    /** Returns the mapping as a properties file. */
    String text() {
        StringBuilder text = new StringBuilder();
        mapping.forEach((key, value) -> text.append(key)
                .append(" = ")
                .append(value.equals("\t") ? "\\t" : value.replace("\\", "\\\\"))
                .append('\n'));
        return text.toString();
    }

    /** Returns the guessed columns, those of these fields first. */
    GuessedColumns columns(List<String> fields) {
        List<String> found = new ArrayList<>(fields);
        mapping.keySet().stream()
                .filter(key -> !found.contains(key) && header().contains(mapping.get(key)))
                .forEach(found::add);
        return new GuessedColumns(
                file.getFileName().toString(),
                export == null ? null : export.name(),
                found.stream()
                        .filter(mapping::containsKey)
                        .map(field -> new GuessedColumns.Column(
                                field,
                                mapping.get(field),
                                field.equals("phone") ? "***" : sample.examples(mapping.get(field)),
                                confidence.getOrDefault(field, "likely")))
                        .toList(),
                unused(),
                List.copyOf(notes),
                text());
    }

    /** Names of all columns. */
    List<String> header() {
        return sample.header();
    }

    /** Returns the first value in the column of a field; empty if no sampled row has one. */
    String example(String field) {
        return sample.values(mapping.get(field)).findFirst().orElse("");
    }

    private void give(Map<String, String> given) {
        given.forEach((field, column) -> {
            if (!column.isEmpty() && !header().contains(column)) {
                throw new DataException("%s has no column %s; it has %s".formatted(file, column, header()));
            }
            if (!column.isEmpty()) {
                put(field, column, "given");
            }
        });
    }

    private void takeExport(Map<String, String> given) {
        export.mapping(sample.filled()).forEach((field, column) -> {
            if (!given.containsKey(field)) {
                put(field, column, "known export");
            }
        });
    }

    private void put(String field, String column, String sure) {
        mapping.put(field, column);
        confidence.put(field, sure);
    }

    private void columns(Kind kind, Collection<String> fields, Map<String, String> given) {
        Map<String, String> free = new TreeMap<>();
        // A column without values says nothing.
        header().stream()
                .filter(column -> sample.values(column).findAny().isPresent())
                .forEach(column -> free.putIfAbsent(normalized(column), column));
        free.values().removeAll(given.values());
        List<String> wanted = new ArrayList<>(fields);
        wanted.removeAll(given.keySet());
        for (String field : wanted) {
            List<String> names = new ArrayList<>(words(field));
            if (field.equals("itemId") && kind == Kind.ITEMS) {
                names.add("id");
            }
            take(kind, field, "sure", names.stream().filter(free::containsKey), free);
        }
        if (wanted.contains("userId") && !found("userId") && !found("sessionId")) {
            Stream<String> emails =
                    free.keySet().stream().filter(name -> sample.mostly(free.get(name), FileSample::isEmail));
            take(kind, "userId", "by its values", emails, free);
        }
        // Columns without an exact match: a name that contains one of the field's names, such as "Kunde (Nr.)", but not
        // another's.
        for (String field : wanted) {
            Pattern other = field.equals("eventTime") ? OTHER_THAN_TIMES : OTHER;
            if (!mapping.containsKey(field) && !NAMED_EXACTLY.contains(field)) {
                Stream<String> names = words(field).stream()
                        .filter(name -> name.length() >= SHORTEST_PART)
                        .flatMap(name -> free.keySet().stream()
                                .filter(column -> column.contains(name)
                                        && !other.matcher(column).find()));
                take(kind, field, "likely", names, free);
            }
        }
        if (mapping.containsKey("orderId") && wanted.contains("orderId") && fewValues(mapping.get("orderId"))) {
            notes.add(
                    "column " + mapping.remove("orderId") + " is not an order number: hardly any of its values differ");
        }
        if (wanted.contains("orderId") && !found("orderId") && found("eventTime")) {
            Stream<String> repeated = free.keySet().stream().filter(name -> numbersOrders(free.get(name)));
            take(kind, "orderId", "by its values", repeated, free);
        }
        if (wanted.contains("type")
                && found("type")
                && sample.values(mapping.get("type"))
                                .filter(ColumnGuess::isType)
                                .count()
                        < MOST_TYPES * sample.rows().size()) {
            mapping.remove("type");
        }
        if (kind.table() != null) {
            // To the letter, since a shop may mean something else by words such as Segments.
            kind.table().columns().stream()
                    .filter(column -> unused().contains(column)
                            && !fields.contains(column)
                            && !given.containsKey(column)
                            && sample.values(column).findAny().isPresent())
                    .forEach(column -> put(column, column, "sure"));
        }
    }

    /** What a line costs is a column whose values are price times units, but for what rounding takes. */
    private void lineTotal(Map<String, String> given) {
        ColumnMapping numbers = ColumnMapping.of(file.toString(), mapping, false);
        header().stream()
                .filter(column -> words("lineTotal").contains(normalized(column)) && !mapping.containsValue(column))
                .filter(column -> sample.rows().stream()
                                .filter(row -> numbers.multiplied(row, column))
                                .count()
                        >= NEARLY_ALL * sample.rows().size())
                .findFirst()
                .filter(column -> !given.containsKey("lineTotal"))
                .ifPresent(column -> put("lineTotal", column, "by its values"));
    }

    private boolean fewValues(String column) {
        long values = sample.values(column).distinct().count();
        int rows = sample.rows().size();
        return rows >= FEW_ROWS && values * FEW_ROWS < rows;
    }

    /** Whether rows with the same value have the same time, and there are many of both kinds. */
    private boolean numbersOrders(String column) {
        Map<String, Set<String>> times = new HashMap<>();
        sample.first()
                .forEach(row -> times.computeIfAbsent(row.text(column), none -> new HashSet<>())
                        .add(row.text(mapping.get("eventTime"))));
        int rows = sample.first().size();
        return rows >= SEVERAL
                && !times.containsKey("")
                && times.size() < NEARLY_ALL * rows
                && times.size() * FEW_LINES > rows
                && times.values().stream().allMatch(some -> some.size() == 1)
                && !column.equals(mapping.get("eventTime"))
                && times.keySet().stream().noneMatch(FileSample::isEmail);
    }

    private void take(Kind kind, String field, String sure, Stream<String> names, Map<String, String> free) {
        names.filter(name -> fits(kind, field, free.get(name)))
                .findFirst()
                .ifPresent(name -> put(field, free.remove(name), sure));
    }

    /** Whether the values of a column can be those of a field. */
    private boolean fits(Kind kind, String field, String column) {
        return switch (field) {
            case "itemId" ->
                switch (kind) {
                    case ITEMS ->
                        sample.values(column).distinct().count()
                                >= NEARLY_ALL * sample.rows().size();
                    case ORDERS -> !sample.allDiffer(column, SEVERAL);
                    default -> true;
                };
            case "unitPrice", "price", "cost", "quantity", "stock" ->
                sample.mostly(column, value -> value.chars().anyMatch(Character::isDigit));
            // A state of something else says nothing about the order.
            case "orderStatus", "paymentStatus" ->
                !found("type") && sample.values(column).anyMatch(value -> OrderStatus.leftOut(value) != null);
            case "lineType" -> sample.values(column).anyMatch(value -> OrderStatus.noProduct(value, "") != null);
            case "userId" -> !sample.mostly(column, value -> value.length() > CheckedFile.LONGEST_ID);
            default -> true;
        };
    }

    private static boolean isType(String value) {
        String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(EventType.values()).anyMatch(type -> type.name().equals(name));
    }

    static String normalized(String name) {
        String folded = name.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue");
        return MARKS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKD)).replaceAll("");
    }
}
