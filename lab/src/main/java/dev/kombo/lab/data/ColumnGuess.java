package dev.kombo.lab.data;

import dev.kombo.schema.EventType;
import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.RowReader;
import dev.kombo.table.TimeFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Guesses the format of an unknown delimited file and the meaning of its columns from its header and rows: encoding,
 * delimiter, decimal mark, time format, and, by their names, the columns for the fields of {@link MappedCsv}. The
 * result is a mapping, which a person can read, correct and keep.
 */
final class ColumnGuess {
    private static final int SAMPLE_ROWS = 2000;
    /** Shorter names occur within too many words: "set" in "asset". */
    private static final int SHORTEST_PART = 5;
    /** Most rows of an order on average; with more the column is not an order id. */
    private static final int FEW_ROWS = 100;

    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final Pattern MARKS = Pattern.compile("\\p{M}|[^\\p{L}\\p{N}]");
    private static final Pattern COMMA = Pattern.compile("-?[\\d.]*,(\\d{1,2}|\\d{4,})|-?[\\d.]*\\.[\\d.]*,\\d+");
    private static final Pattern POINT = Pattern.compile("-?[\\d,]*\\.(\\d{1,2}|\\d{4,})|-?[\\d,]*,[\\d,]*\\.\\d+");
    /** Counts that may be in thousands or have three decimals. */
    static final Pattern GROUPED = Pattern.compile("-?[1-9]\\d{0,2}[.,]\\d{3}");

    private static final Pattern OTHER_THAN_TIMES =
            Pattern.compile("total|gesamt|summe|status|name|aktion|action|rabatt|discount|steuer|tax");
    private static final Pattern OTHER = Pattern.compile(OTHER_THAN_TIMES + "|datum|date|time|zeit|gruppe|group");

    /**
     * Fields with names of columns that denote them, best first: English and German, without case, diacritics and gaps.
     */
    private static final String FIELD_NAMES = """
            orderId: orderid ordernumber orderno invoiceno invoice bestellnummer bestellnr bestellung auftragsnummer\
              auftrag rechnungsnummer belegnummer beleg basketid transactionid order
            userId: userid customerid customernumber kundennummer kundennr kundenid customer kunde clientid memberid\
              shopperid shopper householdid household user email
            sessionId: sessionid visitid visitorid session
            itemId: itemid productid sku articleid artikelnummer artikelnr artikelid produktnummer produktid\
              stockcode productcode itemcode gtin ean asin product produkt artikel article item
            eventTime: eventtime timestamp orderdate invoicedate bestelldatum kaufdatum rechnungsdatum createdat\
              datetime datum date zeitpunkt zeit time transactiontimestamp transactiondate
            quantity: quantity qty menge anzahl stueckzahl units
            unitPrice: unitprice einzelpreis stueckpreis itemprice verkaufspreis preis price
            currency: currency currencycode waehrung
            title: title itemname productname artikelbezeichnung artikelname produktname bezeichnung description\
              beschreibung
            name: name
            category: category kategorie warengruppe productgroup produktgruppe department abteilung gruppe group
            bundleId: bundleid bundlenumber setnummer setid paketnummer paket bundle set
            cost: cost unitcost purchaseprice einkaufspreis ekpreis ek einstandspreis
            stock: stock instock inventory bestand lagerbestand lagermenge verfuegbar
            image: image imageurl imagelink picture bild bildurl
            link: link url producturl productlink produktlink artikellink
            type: eventtype action aktion event
            customer: customer customerid customernumber customerno kunde kundennummer kundennr kundenid clientid\
              userid memberid id
            product: product productid productname produkt produktid produktnummer produktname
            since: since openedat opened opendate seit eroeffnet eroeffnungsdatum abschlussdatum beginn datum date
            born: born birthyear yearofbirth geburtsjahr jahrgang
            segments: segments segment customersegment kundensegment kundengruppe
            """;

    private static final Map<String, List<String>> NAMES = names();
    /** Fields whose columns must match a name exactly: other columns are named after values or products. */
    private static final Set<String> NAMED_EXACTLY =
            Set.of("type", "image", "link", "customer", "product", "since", "born", "segments");

    /** Tried in this order; if days and months cannot be told apart, the day comes first. */
    private static final List<String> TIMES = List.of(
            "iso-8601",
            "yyyy-MM-dd'T'HH:mm:ss",
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd HH:mm",
            "yyyy-MM-dd",
            "dd.MM.yyyy HH:mm:ss",
            "dd.MM.yyyy HH:mm",
            "dd.MM.yyyy",
            "d.M.yyyy",
            "dd/MM/yyyy HH:mm:ss",
            "dd/MM/yyyy HH:mm",
            "d/M/yyyy H:mm",
            "d/M/yyyy",
            "M/d/yyyy H:mm",
            "M/d/yyyy",
            "yyyyMMdd",
            "epoch-millis",
            "epoch-seconds");

    private final Path file;
    private final Map<String, String> mapping = new LinkedHashMap<>();
    private List<String> header = List.of();
    private final List<Row> sample = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ColumnGuess(Path file) {
        this.file = file;
    }

    private static Map<String, List<String>> names() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        FIELD_NAMES.lines().forEach(line -> {
            String[] words = line.split(":? +", -1);
            names.put(words[0], List.of(words).subList(1, words.length));
        });
        return names;
    }

    /**
     * Guesses the mapping of a file.
     *
     * @param fields fields to look for; one whose column is not found is left out
     * @param given columns of fields that are not to be guessed; empty if a field has none
     * @throws DataException if there is no such file, or it has no row below its header
     */
    static ColumnGuess of(Path file, Collection<String> fields, Map<String, String> given) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw RowReader.noFile(file);
        }
        ColumnGuess guess = new ColumnGuess(file);
        guess.layout();
        guess.columns(fields, given);
        guess.formats();
        return guess;
    }

    /** The entries of the mapping: field or setting of {@link MappedCsv}, and its value. */
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

    /** Whether most values of a column are of a kind, of those that are not empty. */
    boolean mostly(String column, Predicate<String> kind) {
        List<String> filled = sample.stream()
                .map(row -> row.text(column))
                .filter(value -> !value.isEmpty())
                .toList();
        return 2 * filled.stream().filter(kind).count() >= filled.size();
    }

    /** Takes a column as an attribute under its name, unless its values differ in most rows, as names do. */
    void attribute(String column) {
        long values = sample.stream().map(row -> row.text(column)).distinct().count();
        if (sample.size() < FEW_ROWS || 2 * values < sample.size()) {
            mapping.put("attribute." + column, column);
        } else {
            notes.add("column " + column + " is not used: hardly any two of its values are the same");
        }
    }

    /** Names of the columns that no field has. */
    List<String> unused() {
        return header.stream().filter(column -> !mapping.containsValue(column)).toList();
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

    /** Returns the guessed columns of these fields, in the order of the fields. */
    GuessedColumns columns(List<String> fields) {
        return new GuessedColumns(
                file.getFileName().toString(),
                fields.stream()
                        .filter(mapping::containsKey)
                        .map(field -> new GuessedColumns.Column(field, mapping.get(field), example(field)))
                        .toList(),
                unused(),
                List.copyOf(notes),
                text());
    }

    /** Names of all columns. */
    List<String> header() {
        return header;
    }

    /** Returns the first value in the column of a field; empty if no sampled row has one. */
    String example(String field) {
        return firstOf(mapping.get(field));
    }

    private String firstOf(String column) {
        return sample.stream()
                .map(row -> row.text(column))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void layout() throws IOException {
        Charset charset = charset();
        String first;
        try (BufferedReader text = new BufferedReader(new InputStreamReader(content(), charset))) {
            first = Objects.requireNonNullElse(text.readLine(), "");
        }
        if (first.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
            throw new DataException(
                    file + " is not text in UTF-8 or Windows' Western encoding; save a spreadsheet as CSV");
        }
        String delimiter = DELIMITERS.stream()
                .max(Comparator.comparingInt(mark -> first.split(Pattern.quote(mark), -1).length))
                .orElseThrow();
        mapping.put("delimiter", delimiter);
        mapping.put("encoding", charset.name());
        FileLayout layout = new FileLayout("csv", delimiter.charAt(0), charset, List.of(), Set.of());
        try (RowReader rows = RowReader.open(file, layout)) {
            header = rows.columns();
            sample(rows);
        }
        if (header.size() == 1) {
            throw new DataException(
                    "%s has a single column, %s; commas, semicolons, tabs or bars are expected between columns"
                            .formatted(file, Row.shown(header.get(0))));
        }
        if (sample.isEmpty()) {
            throw new DataException(file + " has no row with as many columns as its header: " + header);
        }
    }

    /** Samples evenly over the whole file: the first days of a month do not show which number is the month. */
    private void sample(RowReader rows) throws IOException {
        int stride = 1;
        int read = 0;
        for (Row row = rows.next(); row != null; row = rows.next()) {
            if (row.values() != null && row.values().size() == header.size() && read++ % stride == 0) {
                sample.add(row);
            }
            if (sample.size() == SAMPLE_ROWS) {
                for (int kept = SAMPLE_ROWS / 2 - 1; kept >= 0; kept--) {
                    sample.remove(2 * kept + 1);
                }
                stride *= 2;
            }
        }
    }

    private InputStream content() throws IOException {
        return RowReader.content(Files.newInputStream(file));
    }

    /**
     * Returns UTF-8 if all bytes are valid, else Windows' Western European encoding, in which all bytes are characters.
     */
    private Charset charset() throws IOException {
        try (InputStream bytes = content();
                Reader utf8 = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())) {
            utf8.transferTo(Writer.nullWriter());
            return StandardCharsets.UTF_8;
        } catch (MalformedInputException e) {
            return Charset.forName("windows-1252");
        }
    }

    private void columns(Collection<String> fields, Map<String, String> given) {
        given.forEach((field, column) -> {
            if (!column.isEmpty() && !header.contains(column)) {
                throw new DataException("%s has no column %s; it has %s".formatted(file, column, header));
            }
        });
        Map<String, String> free = new TreeMap<>();
        header.forEach(column -> free.putIfAbsent(normalized(column), column));
        free.values().removeAll(given.values());
        List<String> wanted = new ArrayList<>(fields);
        wanted.removeAll(given.keySet());
        given.forEach((field, column) -> {
            if (!column.isEmpty()) {
                mapping.put(field, column);
            }
        });
        for (String field : wanted) {
            take(field, NAMES.get(field).stream().filter(free::containsKey), free);
        }
        // Columns without an exact match: a name that contains one of the field's names, such as "Kunde (Nr.)", but not
        // another's.
        for (String field : wanted) {
            Pattern other = field.equals("eventTime") ? OTHER_THAN_TIMES : OTHER;
            if (!mapping.containsKey(field) && !NAMED_EXACTLY.contains(field)) {
                take(
                        field,
                        NAMES.get(field).stream()
                                .filter(name -> name.length() >= SHORTEST_PART)
                                .flatMap(name -> free.keySet().stream()
                                        .filter(column -> column.contains(name)
                                                && !other.matcher(column).find())),
                        free);
            }
        }
        if (mapping.containsKey("orderId") && wanted.contains("orderId") && fewValues(mapping.get("orderId"))) {
            notes.add(
                    "column " + mapping.remove("orderId") + " is not an order number: hardly any of its values differ");
        }
        if (wanted.contains("type") && mapping.containsKey("type") && !share("type", ColumnGuess::isType)) {
            mapping.remove("type");
        }
    }

    private boolean fewValues(String column) {
        long values = sample.stream().map(row -> row.text(column)).distinct().count();
        return sample.size() >= FEW_ROWS && values * FEW_ROWS < sample.size();
    }

    private void take(String field, Stream<String> names, Map<String, String> free) {
        names.findFirst().ifPresent(name -> mapping.put(field, free.remove(name)));
    }

    private static boolean isType(String value) {
        String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(EventType.values()).anyMatch(type -> type.name().equals(name));
    }

    /** Whether nine of ten values of a field are of a kind: a few rows may be invalid. */
    private boolean share(String field, Predicate<String> kind) {
        String column = mapping.get(field);
        return sample.stream().filter(row -> kind.test(row.text(column))).count() * 10 >= sample.size() * 9L;
    }

    private static String normalized(String name) {
        String folded = name.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue");
        return MARKS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKD)).replaceAll("");
    }

    private void formats() {
        String amount = mapping.getOrDefault("unitPrice", mapping.get("cost"));
        String count = mapping.getOrDefault("quantity", mapping.get("stock"));
        if (amount != null) {
            mapping.put("decimal", decimal(amount));
        }
        if (count != null) {
            counts(count);
        }
        String time = mapping.getOrDefault("eventTime", mapping.get("since"));
        if (time != null) {
            times(time);
        }
    }

    /**
     * Reads counts such as 1.000: a thousand if other counts have no mark or cannot be whole units, unless prices show
     * that it is the decimal mark. Notes what it took them for. Without prices, counts decide on the decimal mark.
     */
    private void counts(String column) {
        String known = mapping.get("decimal");
        List<String> counts = sample.stream().map(row -> row.text(column)).toList();
        String grouped = counts.stream()
                .filter(count -> GROUPED.matcher(count).matches() && (known == null || count.contains(known)))
                .findFirst()
                .orElse(null);
        boolean thousands = grouped != null
                && counts.stream()
                        .anyMatch(count -> count.matches("-?\\d+")
                                || (GROUPED.matcher(count).matches() && !count.endsWith("000")));
        if (known == null) {
            boolean comma = thousands
                    ? grouped.contains(".")
                    : counts.stream().anyMatch(count -> count.indexOf(',') > count.indexOf('.'));
            mapping.put("decimal", comma ? "," : ".");
        }
        if (grouped != null && (known == null || thousands)) {
            boolean units = grouped.contains(mapping.get("decimal"));
            notes.add("'%s' in column %s is taken for %s%s"
                    .formatted(
                            grouped,
                            column,
                            units ? "units and decimals" : "thousands",
                            known == null ? "" : ", as in prices"));
        }
    }

    /**
     * Returns the mark that one or two digits follow, or the last of two marks; a mark before three digits groups
     * digits.
     */
    private String decimal(String column) {
        int commas = 0;
        int points = 0;
        int grouped = 0;
        String example = "";
        for (Row row : sample) {
            String number = MappedCsv.SIGNS.matcher(row.text(column)).replaceAll("");
            if (COMMA.matcher(number).matches()) {
                commas++;
            } else if (POINT.matcher(number).matches()) {
                points++;
            } else if (number.indexOf('.') >= 0 || number.indexOf(',') >= 0) {
                grouped += number.indexOf('.') >= 0 ? 1 : -1;
                example = row.text(column);
            }
        }
        if (commas == 0 && points == 0 && grouped != 0) {
            notes.add("no price shows its decimal mark: '" + example + "' is taken for thousands");
            return grouped > 0 ? "," : ".";
        }
        return commas > points ? "," : ".";
    }

    private void times(String column) {
        long most = sample.stream().filter(row -> !row.text(column).isEmpty()).count() * 9 / 10;
        for (String format : TIMES) {
            TimeFormat times = TimeFormat.of(format, ZoneId.of("UTC"));
            long read =
                    sample.stream().filter(row -> plausible(times, row, column)).count();
            String before = mapping.get("time.format");
            if (read > most) {
                most = read;
                mapping.put("time.format", format);
            } else if (read == most && format.startsWith("M/d") && before != null && before.matches("dd?/MM?/.*")) {
                notes.add("days and months cannot be told apart in '" + firstOf(column)
                        + "': the day is taken to come first");
            }
        }
    }

    private static boolean plausible(TimeFormat times, Row row, String column) {
        try {
            // 1990 to 2100: the eight digits of a date are not seconds, and seconds are not milliseconds.
            long time = times.epochMillis(row, column);
            return time > 631_152_000_000L && time < 4_102_444_800_000L;
        } catch (RejectedRowException e) {
            return false;
        }
    }
}
