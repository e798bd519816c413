package dev.kombo.shop.data;

import dev.kombo.table.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * Turns a sheet of an Excel workbook ({@code .xlsx}) into a CSV file, row by row. The library resolves no external
 * entities; {@link SheetBounds} bounds what it reads.
 */
public final class Spreadsheet {
    private static final String ENDING = ".xlsx";

    /** Excel computes with binary fractions: 19.9 is stored as 19.899999999999999. */
    private static final int DECIMALS = 10;

    /** Parts of a number format that stand for themselves, a colour or a currency: no letters of a date. */
    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\[[^]]*]|[\\\\_*].");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Spreadsheet() {}

    /**
     * Returns a file as CSV: the file itself unless it is a workbook, else a temporary one that is deleted when the
     * process ends.
     *
     * @param file or null, which is returned
     * @param sheet name of the sheet; null: the first
     * @throws DataException if the workbook cannot be read, is too large, or has no such sheet
     */
    public static Path asCsv(Path file, String sheet) throws IOException {
        if (file == null || !file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING) || !Files.isRegularFile(file)) {
            return file;
        }
        SheetBounds.require(file);
        Path folder = Files.createTempDirectory("kombo-sheet");
        Path csv = folder.resolve(file.getFileName() + ".csv");
        folder.toFile().deleteOnExit();
        csv.toFile().deleteOnExit();
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, false));
                Writer text = Files.newBufferedWriter(csv, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180);
                Stream<Row> rows = sheet(file, workbook, sheet).openStream()) {
            print(file, rows.iterator(), printer);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e);
        } catch (RuntimeException e) {
            throw e instanceof DataException ? e : unreadable(file, e);
        }
        return csv;
    }

    private static Sheet sheet(Path file, ReadableWorkbook workbook, String name) {
        if (name == null) {
            return workbook.getFirstSheet();
        }
        return workbook.findSheet(name)
                .orElseThrow(() -> new DataException("%s has no sheet %s; it has %s"
                        .formatted(
                                file,
                                name,
                                workbook.getSheets().map(Sheet::getName).collect(Collectors.joining(", ")))));
    }

    /** Rows are as wide as the header: a sheet leaves out what is empty at their ends. */
    private static void print(Path file, Iterator<Row> rows, CSVPrinter printer) throws IOException {
        int width = 0;
        for (int read = 0; rows.hasNext(); read++) {
            if (read == SheetBounds.MOST_ROWS) {
                throw new DataException("%s has more than %,d rows".formatted(file, SheetBounds.MOST_ROWS));
            }
            Row row = rows.next();
            width = width == 0 ? row.getCellCount() : width;
            List<String> values = new ArrayList<>(Collections.nCopies(width, ""));
            for (Cell cell : row) {
                if (cell != null && cell.getColumnIndex() < width) {
                    values.set(cell.getColumnIndex(), text(cell));
                }
            }
            printer.printRecord(values);
        }
    }

    private static String text(Cell cell) {
        if (cell.getType() != CellType.NUMBER) {
            return cell.getText();
        }
        String format = cell.getDataFormatString();
        boolean time = format != null
                && LITERAL.matcher(format.toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .matches(".*(yy|d.*m|m.*d|h.*m).*");
        return time
                ? TIME.format(cell.asDate())
                : cell.asNumber()
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static DataException unreadable(Path file, Exception cause) {
        return new DataException(
                "%s cannot be read as an Excel workbook: %s; save it as CSV".formatted(file, cause.getMessage()));
    }
}
