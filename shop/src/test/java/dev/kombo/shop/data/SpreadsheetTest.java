package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.table.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks are written by hand: a zip file of a few XML parts. */
class SpreadsheetTest {
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("orders.xlsx");
    }

    @Test
    void shouldReadTextsNumbersAndTimesOfTheFirstSheet() throws IOException {
        workbook(
                "",
                row(1, text("A", "order") + text("B", "price") + text("C", "date"))
                        + row(
                                2,
                                text("A", "1, \"a\"")
                                        + number("B", "19.899999999999999", 0)
                                        + number("C", "46082.4375", 1))
                        + row(3, text("A", "2")));

        Path csv = Spreadsheet.asCsv(file, null);

        assertThat(Files.readAllLines(csv))
                .containsExactly("order,price,date", "\"1, \"\"a\"\"\",19.9,2026-03-01 10:30:00", "2,,");
        assertThat(Spreadsheet.asCsv(csv, null)).isEqualTo(csv);
        assertThat(Files.readAllLines(Spreadsheet.asCsv(file, "Orders"))).hasSize(3);
    }

    @Test
    void shouldTakeNoAmountForADateWhateverItsColourAndCurrency() throws IOException {
        workbook(
                "",
                row(1, text("A", "paid") + text("B", "sold") + text("C", "at"))
                        + row(2, number("A", "1250.5", 2) + number("B", "3", 3) + number("C", "46082", 4)));

        assertThat(Files.readAllLines(Spreadsheet.asCsv(file, null))).last().isEqualTo("1250.5,3,2026-03-01 00:00:00");
    }

    @Test
    void shouldNameTheSheetsThatThereAre() throws IOException {
        workbook("", row(1, text("A", "order")));

        assertThatThrownBy(() -> Spreadsheet.asCsv(file, "May"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no sheet May; it has Orders");
    }

    @Test
    void shouldNotReadOtherFilesThroughEntities() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "s3cret");
        workbook(
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>",
                row(1, text("A", "&e;") + text("B", "b")));

        String read;
        try {
            read = Files.readString(Spreadsheet.asCsv(file, null));
        } catch (DataException refused) {
            read = refused.getMessage();
        }
        assertThat(read).doesNotContain("s3cret");
    }

    @Test
    void shouldRefuseABombWithOneSentence() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            byte[] spaces = new byte[1 << 20];
            for (int i = 0; i < 1100; i++) {
                zip.write(spaces);
            }
        }

        assertThatThrownBy(() -> Spreadsheet.asCsv(file, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("when unpacked");
    }

    @Test
    void shouldRefuseWhatIsNoWorkbook() throws IOException {
        Files.writeString(file, "order,price\n1,2\n");

        assertThatThrownBy(() -> Spreadsheet.asCsv(file, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no Excel workbook");
    }

    @Test
    void shouldRefuseACellThatNoSheetHas() throws IOException {
        for (String cell : List.of("XFE1", "ZZZZZZ1", "$zzzzzz$1", "&#90;ZZZZZ1", "A".repeat(200) + "1")) {
            workbook("", "<row r=\"1\"><c r=\"" + cell + "\" t=\"inlineStr\"><is><t>order</t></is></c></row>");

            assertThatThrownBy(() -> Spreadsheet.asCsv(file, null))
                    .as(cell)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file + " has a cell ")
                    .hasMessageEndingWith("; a sheet has at most 16,384 columns, the last of which is XFD");
        }
        for (String cell : List.of("A1048577", "A9999999999999999999")) {
            workbook("", "<row><c r=\"" + cell + "\" t=\"inlineStr\"><is><t>order</t></is></c></row>");

            assertThatThrownBy(() -> Spreadsheet.asCsv(file, null))
                    .as(cell)
                    .isInstanceOf(DataException.class)
                    .hasMessage(file + " has a cell " + cell + "; a sheet has at most 1,048,576 rows");
        }
        workbook("", "<row r=\"1048577\"></row>");

        assertThatThrownBy(() -> Spreadsheet.asCsv(file, null))
                .isInstanceOf(DataException.class)
                .hasMessage(file + " has a row 1048577; a sheet has at most 1,048,576 rows");
    }

    @Test
    void shouldRefuseMoreCellsInARowThanASheetHasEvenWithoutNames() throws IOException {
        workbook("", "<row>" + "<c/>".repeat(16_385) + "</row>");

        assertThatThrownBy(() -> Spreadsheet.asCsv(file, null))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + " has a cell without a name in column 16385");
    }

    @Test
    void shouldReadTheLastCellOfASheet() throws IOException {
        workbook("", row(1, text("A", "order") + text("XFD", "price")) + row(1_048_576, text("A", "1")));

        assertThat(Files.readAllLines(Spreadsheet.asCsv(file, null)))
                .hasSize(2)
                .allMatch(line -> line.chars().filter(c -> c == ',').count() == 16_383);
    }

    @Test
    void shouldSayThatAWorkbookIsCutOff() throws IOException {
        workbook("", row(1, text("A", "order")));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> Spreadsheet.asCsv(file, null))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + " is no Excel workbook, or is cut off: ");
    }

    private static String row(int number, String cells) {
        return "<row r=\"%d\">%s</row>".formatted(number, cells.replace("#", Integer.toString(number)));
    }

    private static String text(String column, String value) {
        return "<c r=\"%s#\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(column, value);
    }

    private static String number(String column, String value, int style) {
        return "<c r=\"%s#\" s=\"%d\"><v>%s</v></c>".formatted(column, style, value);
    }

    private void workbook(String before, String rows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            part(zip, "[Content_Types].xml", """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                    <Override PartName="/xl/workbook.xml"
                     ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                    <Override PartName="/xl/styles.xml"
                     ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
                    </Types>""");
            part(
                    zip,
                    "_rels/.rels",
                    relations("<Relationship Id=\"r1\" Type=\"" + RELATIONS
                            + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
            part(zip, "xl/workbook.xml", """
                    <workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>""".formatted(MAIN, RELATIONS));
            part(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    relations("<Relationship Id=\"r1\" Type=\"" + RELATIONS
                            + "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\""
                            + RELATIONS
                            + "/styles\" Target=\"styles.xml\"/>"));
            part(zip, "xl/styles.xml", """
                    <styleSheet xmlns="%s"><numFmts count="3">
                    <numFmt numFmtId="164" formatCode="#,##0.00 [$DM-407];[Red]-#,##0.00 [$DM-407]"/>
                    <numFmt numFmtId="165" formatCode="[Red]0.0 &quot;Mio&quot;_d\\m"/>
                    <numFmt numFmtId="166" formatCode="[$-407]d\\.m\\.yy"/></numFmts>
                    <cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/>
                    <xf numFmtId="166"/></cellXfs></styleSheet>""".formatted(MAIN));
            part(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    before + "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
        }
    }

    private static String relations(String content) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + content
                + "</Relationships>";
    }

    private static void part(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
}
