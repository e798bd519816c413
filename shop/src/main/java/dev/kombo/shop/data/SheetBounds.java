package dev.kombo.shop.data;

import dev.kombo.table.DataException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Refuses a workbook that would fill memory, before the library reads it: the library makes room for all columns up to
 * the one that a cell names, so one cell named {@code ZZZZZZ1} takes gigabytes. The workbook is unpacked once; what it
 * says of its sizes need not be true.
 */
final class SheetBounds {
    /** Its shared strings are kept in memory. */
    private static final long MOST_BYTES = 1L << 30;

    /** The last column of Excel is XFD. */
    private static final int MOST_COLUMNS = 16_384;

    static final int MOST_ROWS = 1_048_576;
    private static final int LETTERS = 26;
    private static final int LONGEST_QUOTE = 20;

    private final Path file;
    private final XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
    private final byte[] buffer = new byte[1 << 16];
    private long unpacked;

    private SheetBounds(Path file) {
        this.file = file;
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /** @throws DataException if the file is no workbook, or larger than a sheet of Excel can be */
    static void require(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            new SheetBounds(file).requireAll(zip);
        } catch (ZipException e) {
            throw new DataException(
                    file + " is no Excel workbook, or is cut off: " + e.getMessage() + "; save it as .xlsx or CSV");
        }
    }

    private void requireAll(ZipFile zip) throws IOException {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            try (InputStream stored = zip.getInputStream(entry)) {
                InputStream content = new Counted(stored);
                requireCells(content);
                // What is no XML, or not to its end, counts all the same.
                int read = 0;
                while (read >= 0) {
                    read = content.read(buffer);
                }
            }
        }
        if (unpacked == 0) {
            throw new DataException(file + " is no Excel workbook; save it as .xlsx or CSV");
        }
    }

    private void requireCells(InputStream content) throws IOException {
        try {
            XMLStreamReader xml = parsers.createXMLStreamReader(content);
            int cells = 0;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "row" -> {
                        cells = 0;
                        requireRow(xml.getAttributeValue(null, "r"));
                    }
                    case "c" -> {
                        cells++;
                        requireCell(xml.getAttributeValue(null, "r"), cells);
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            // No XML, such as a picture, or broken: the library says so, if it reads this part at all.
        }
    }

    private void requireRow(String row) {
        if (row != null && beyond(row, MOST_ROWS)) {
            throw new DataException(
                    "%s has a row %s; a sheet has at most %,d rows".formatted(file, shortened(row), MOST_ROWS));
        }
    }

    /** @param count cells of the row so far: one without a name is in the next column */
    private void requireCell(String name, int count) {
        long column = 0;
        int letters = 0;
        String shown = name == null ? "" : name;
        for (; letters < shown.length() && !Character.isDigit(shown.charAt(letters)); letters++) {
            char letter = Character.toUpperCase(shown.charAt(letters));
            if (letter != '$') {
                column = Math.min(MOST_COLUMNS + 1L, column * LETTERS + letter - 'A' + 1);
            }
        }
        if (column > MOST_COLUMNS || count > MOST_COLUMNS) {
            throw new DataException("%s has a cell %s; a sheet has at most %,d columns, the last of which is XFD"
                    .formatted(
                            file, name == null ? "without a name in column " + count : shortened(name), MOST_COLUMNS));
        }
        if (beyond(shown.substring(letters), MOST_ROWS)) {
            throw new DataException(
                    "%s has a cell %s; a sheet has at most %,d rows".formatted(file, shortened(name), MOST_ROWS));
        }
    }

    /** Whether a text is a number above a limit, however long. */
    private static boolean beyond(String text, int limit) {
        String number = text.strip();
        return !number.isEmpty()
                && number.chars().allMatch(Character::isDigit)
                && (number.length() > String.valueOf(Long.MAX_VALUE).length() - 1 || Long.parseLong(number) > limit);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + "…";
    }

    /** Counts what all parts together are when unpacked. */
    private final class Counted extends FilterInputStream {
        Counted(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count(Math.max(0, read));
            return read;
        }

        /** The parser closes what it has read to its end. */
        @Override
        public void close() {}

        private void count(int more) {
            unpacked += more;
            if (unpacked > MOST_BYTES) {
                throw new DataException(
                        "%s is more than %,d bytes when unpacked; save it as CSV".formatted(file, MOST_BYTES));
            }
        }
    }
}
