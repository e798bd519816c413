package dev.kombo.shop.command;

import dev.kombo.shop.data.CustomerKeys;
import dev.kombo.shop.data.ShopFiles;
import dev.kombo.shop.data.Spreadsheet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** Options of files of orders whose columns are recognised or guessed. */
final class OrderFileOptions {
    @Option(
            names = "--column",
            paramLabel = "FIELD=NAME",
            description = "Column of a field, if the guess is wrong, such as userId=Account; without a name the"
                    + " field has no column. May be repeated.")
    Map<String, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--items-column",
            paramLabel = "FIELD=NAME",
            description = "The same for the file of --items, such as cost=EK.")
    private Map<String, String> itemsColumns = new LinkedHashMap<>();

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "EUR",
            description = "Currency of prices without one; default ${DEFAULT-VALUE}.")
    private String currency;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of times without one, such as Europe/Berlin; default this machine's.")
    private String zone;

    @Option(
            names = "--time-format",
            paramLabel = "PATTERN",
            description = "Format of times, such as 'dd/MM/yyyy HH:mm'; guessed by default.")
    private String timeFormat;

    @Option(
            names = "--plain-emails",
            description =
                    "Take customers' e-mails and phone numbers as their ids; by default a keyed hash of them, whose"
                            + " secret is in the folder of --data unless --customer-secret names it.")
    private boolean plainEmails;

    @Option(
            names = "--customer-secret",
            paramLabel = "FILE",
            description = "The secret by which customers' e-mails become keys, 32 bytes or more. A customer has the"
                    + " same key in all files read with it; a replay into a cluster needs it.")
    private Path customerSecret;

    @Option(names = "--sheet", paramLabel = "NAME", description = "Sheet of an .xlsx file; default the first.")
    private String sheet;

    /** Returns a file as CSV, which it may be already; null stays null. */
    Path csv(Path file) throws IOException {
        return Spreadsheet.asCsv(file, sheet);
    }

    /** The first of the options that only orders have, if given, or null. */
    String ofOrders() {
        return timeFormat != null ? "--time-format" : itemsColumns.isEmpty() ? null : "--items-column";
    }

    /**
     * Returns what takes the place of customers' e-mails and phone numbers.
     *
     * @param data folder of the secret if no option names it; null: none
     */
    UnaryOperator<String> customers(Path data) {
        OptionChecks.file(customerSecret);
        if (plainEmails) {
            return UnaryOperator.identity();
        }
        return customerSecret != null || data == null ? CustomerKeys.of(customerSecret) : CustomerKeys.in(data);
    }

    /** Adds the options to what a folder is made of. */
    void addTo(FolderInputs inputs) {
        columns.forEach((field, column) -> inputs.option("--column " + field, column));
        itemsColumns.forEach((field, column) -> inputs.option("--items-column " + field, column));
        inputs.option("--currency", currency)
                .option("--zone", given().zone())
                .option("--time-format", timeFormat)
                .option("--sheet", sheet)
                .option("--plain-emails", plainEmails)
                .option("--customer-secret", customerSecret == null ? null : customerSecret.toAbsolutePath());
    }

    /** What the options say of a file. */
    ShopFiles.Given given() {
        return new ShopFiles.Given(
                currency, zone == null ? ZoneId.systemDefault().getId() : zone, timeFormat, columns, itemsColumns);
    }
}
