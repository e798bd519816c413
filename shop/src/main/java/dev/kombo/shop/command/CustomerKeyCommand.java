package dev.kombo.shop.command;

import dev.kombo.console.PrintingCommand;
import dev.kombo.shop.data.CustomerKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the keys that stand for customers' e-mails, to find what Kombo keeps of a customer. */
@Command(
        name = "customer-key",
        description = "Prints the id that a customer's e-mail became in try or replay, for example to erase the"
                + " customer.")
final class CustomerKeyCommand extends PrintingCommand {
    @Parameters(
            paramLabel = "EMAIL",
            arity = "1..*",
            description = "E-mails, or phone numbers as tel: and digits, such as tel:+49301234.")
    private List<String> customers;

    @Option(
            names = "--customer-secret",
            required = true,
            paramLabel = "FILE",
            description = "The secret that the files were read with: customer.secret in the data folder, or the file"
                    + " named then.")
    private Path secret;

    @Override
    protected boolean run(PrintWriter out) {
        CustomerKeys keys = CustomerKeys.of(secret);
        customers.forEach(customer -> out.println(keys.apply(customer)));
        return true;
    }
}
