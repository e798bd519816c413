package dev.kombo.lab.data;

import dev.kombo.cli.CommandException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Guesses how an unknown delimited file is written and what its columns mean, from its header and first rows: encoding,
 * delimiter, decimal mark, format of times, and by their names the columns of the fields of {@link MappedCsv}. What comes
 * out are the entries of a mapping, so that a person can read, correct and keep them.
 */
final class ColumnGuess {
    private static final int HEAD_BYTES = 1 << 18;
    private static final int SAMPLE_ROWS = 500;
    /** Shorter names stand in too many words: "set" in "asset". */
    private static final int SHORTEST_PART = 5;

    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final Pattern MARKS = Pattern.compile("\\p{M}|[^\\p{L}\\p{N}]");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("-?[\\d.]*,\\d{1,4}");

    /** Field, and names of columns that mean it, best first: English and German, without case, marks and gaps. */
    private static final String FIELD_NAMES =
            """
            orderId: orderid ordernumber orderno invoiceno invoice bestellnummer bestellnr bestellung auftragsnummer\
              auftrag rechnungsnummer belegnummer beleg basketid transactionid order
            userId: userid customerid customernumber kundennummer kundennr kundenid customer kunde clientid memberid\
              householdid user email
            sessionId: sessionid visitid visitorid session
            itemId: itemid productid sku articleid artikelnummer artikelnr artikelid produktnummer produktid\
              stockcode productcode itemcode gtin ean asin product produkt artikel article item
            eventTime: eventtime timestamp orderdate invoicedate bestelldatum kaufdatum rechnungsdatum createdat\
              datetime datum date zeitpunkt zeit time
            quantity: quantity qty menge anzahl stueckzahl units
            unitPrice: unitprice einzelpreis stueckpreis itemprice verkaufspreis preis price
            currency: currency currencycode waehrung
            title: title itemname productname artikelbezeichnung artikelname produktname bezeichnung description\
              beschreibung name
            category: category kategorie warengruppe productgroup produktgruppe department abteilung gruppe group
            bundleId: bundleid bundlenumber setnummer setid paketnummer paket bundle set
            type: eventtype action aktion event
            """;

    private static final Map<String, List<String>> NAMES = names();

    /** Tried in this order; where days and months cannot be told apart, the day comes first. */
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
     * The entries of a mapping for a file.
     *
     * @param fields what to look for; a field whose column is not found is left out
     * @param given columns of fields that are not to be guessed
     * @throws CommandException when there is no such file, or it has no row below its header
     */
    static ColumnGuess of(Path file, Collection<String> fields, Map<String, String> given) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.mistake("no such file: " + file);
        }
        ColumnGuess guess = new ColumnGuess(file);
        guess.layout();
        guess.columns(fields, given);
        guess.formats();
        return guess;
    }

    /** Field or setting of {@link MappedCsv}, and its value. */
    Map<String, String> mapping() {
        return mapping;
    }

    /** Whether there is a column for a field. */
    boolean found(String field) {
        return mapping.containsKey(field);
    }

    /** Gives a field that has no column the same value in all rows. */
    void constant(String field, String value) {
        if (!found(field)) {
            mapping.put("constant." + field, value);
        }
    }

    /** The entries as a properties file. */
    String text() {
        StringBuilder text = new StringBuilder();
        mapping.forEach((key, value) -> text.append(key)
                .append(" = ")
                .append(value.equals("\t") ? "\\t" : value.replace("\\", "\\\\"))
                .append('\n'));
        return text.toString();
    }

    /** Names of all columns. */
    List<String> header() {
        return header;
    }

    /** The first value of the column that a field is read from; empty where all of the first rows have none. */
    String example(String field) {
        return sample.stream()
                .map(row -> row.text(mapping.get(field)))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void layout() throws IOException {
        byte[] head = head();
        Charset charset = charset(head);
        String first = new String(head, charset).split("\\R", 2)[0];
        String delimiter = DELIMITERS.stream()
                .max(Comparator.comparingInt(mark -> first.split(Pattern.quote(mark), -1).length))
                .orElseThrow();
        mapping.put("delimiter", delimiter);
        mapping.put("encoding", charset.name());
        Layout layout = new Layout("csv", delimiter.charAt(0), charset, List.of(), Set.of());
        try (RowReader rows = RowReader.open(file, layout)) {
            header = rows.columns();
            for (Row row = rows.next(); row != null && sample.size() < SAMPLE_ROWS; row = rows.next()) {
                if (row.values() != null && row.values().size() == header.size()) {
                    sample.add(row);
                }
            }
        }
        if (sample.isEmpty()) {
            throw CommandException.mistake(file + " has no row with as many columns as its header: " + header);
        }
    }

    private byte[] head() throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            bytes.mark(2);
            boolean gzip = (bytes.read() | bytes.read() << 8) == GZIPInputStream.GZIP_MAGIC;
            bytes.reset();
            return (gzip ? new GZIPInputStream(bytes) : bytes).readNBytes(HEAD_BYTES);
        }
    }

    /** UTF-8 where the bytes are that, else the Western European one of Windows, in which all bytes are characters. */
    private static Charset charset(byte[] head) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        // A character that the head cuts is no error: this is not the end of the input.
        boolean malformed = utf8.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false)
                .isError();
        return malformed ? Charset.forName("windows-1252") : StandardCharsets.UTF_8;
    }

    private void columns(Collection<String> fields, Map<String, String> given) {
        Map<String, String> free = new TreeMap<>();
        header.forEach(column -> free.putIfAbsent(normalized(column), column));
        free.values().removeAll(given.values());
        mapping.putAll(given);
        for (String field : fields) {
            if (!mapping.containsKey(field)) {
                NAMES.get(field).stream()
                        .filter(free::containsKey)
                        .findFirst()
                        .ifPresent(name -> mapping.put(field, free.remove(name)));
            }
        }
        // What no exact name took: a column whose name holds one, such as "Kunde (Nr.)".
        for (String field : fields) {
            if (!mapping.containsKey(field)) {
                NAMES.get(field).stream()
                        .filter(name -> name.length() >= SHORTEST_PART)
                        .flatMap(name -> free.keySet().stream().filter(column -> column.contains(name)))
                        .findFirst()
                        .ifPresent(column -> mapping.put(field, free.remove(column)));
            }
        }
    }

    private static String normalized(String name) {
        String folded = name.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue");
        return MARKS.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKD)).replaceAll("");
    }

    private void formats() {
        if (mapping.containsKey("unitPrice")) {
            boolean comma = sample.stream().anyMatch(row -> DECIMAL_COMMA
                    .matcher(row.text(mapping.get("unitPrice")))
                    .matches());
            mapping.put("decimal", comma ? "," : ".");
        }
        if (mapping.containsKey("eventTime")) {
            TIMES.stream().filter(this::readsTimes).findFirst().ifPresent(format -> mapping.put("time.format", format));
        }
    }

    /** Whether a format reads nine of ten times of the sample: a few rows may be broken. */
    private boolean readsTimes(String format) {
        TimeFormat times = TimeFormat.of(format, ZoneId.of("UTC"));
        long read = sample.stream().filter(row -> plausible(times, row)).count();
        return read * 10 >= sample.size() * 9L;
    }

    private boolean plausible(TimeFormat times, Row row) {
        try {
            // 1990 to 2100: eight digits of a date are no seconds, and seconds are no milliseconds.
            long time = times.epochMillis(row, mapping.get("eventTime"));
            return time > 631_152_000_000L && time < 4_102_444_800_000L;
        } catch (RejectedRowException e) {
            return false;
        }
    }
}
