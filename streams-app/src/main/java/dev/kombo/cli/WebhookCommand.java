package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.config.WebhookSettings;
import dev.kombo.console.Brokers;
import dev.kombo.console.CommandException;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.StopSignal;
import dev.kombo.webhook.MetricsPort;
import dev.kombo.webhook.WebhookSender;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Posts offers to a shop's server until the process is asked to stop. */
@Command(
        name = "webhook",
        description = "Posts each offer to an address of the shop, signed and at least once, until SIGTERM or Ctrl-C.")
final class WebhookCommand extends PrintingCommand {
    @Option(
            names = "--from-beginning",
            description =
                    "Let a new consumer group begin with the oldest offer in the topic instead of the next" + " one.")
    private boolean fromBeginning;

    @Mixin
    private SettingsOptions settings;

    @Override
    protected boolean run(PrintWriter out) throws Exception {
        KomboConfig config = settings.config();
        if (config.get(WebhookSettings.URL).isEmpty()) {
            throw CommandException.mistake(
                    WebhookSettings.URL.name() + ": missing; it is the URL that offers are posted to");
        }
        try (StopSignal stop = StopSignal.install()) {
            stop.interruptibly(() -> {
                Brokers.await(config);
                return config;
            });
            return post(config, stop, out);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** The path and the query may hold the receiver's secret. */
    static String withoutSecrets(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private boolean post(KomboConfig config, StopSignal stop, PrintWriter out) {
        try (WebhookSender sender = sender(config);
                MetricsPort metrics = metrics(config, sender)) {
            out.println("Posting offers of " + Topics.of(config).name(Topic.BUNDLE_OFFER) + " to "
                    + withoutSecrets(URI.create(config.get(WebhookSettings.URL))) + ".");
            out.println("Metrics: " + (metrics.url().isEmpty() ? "none" : metrics.url()));
            out.flush();
            Optional<String> end = sender.run(stop::isRaised);
            out.println("Delivered " + sender.delivered() + " offers.");
            if (end.isPresent()) {
                throw CommandException.failure(end.get());
            }
            return true;
        }
    }

    private WebhookSender sender(KomboConfig config) {
        try {
            return new WebhookSender(config, fromBeginning, System::currentTimeMillis);
        } catch (IllegalArgumentException e) {
            throw CommandException.mistake(WebhookSettings.SECRET.name() + ": " + e.getMessage());
        }
    }

    private static MetricsPort metrics(KomboConfig config, WebhookSender sender) {
        String address = config.get(WebhookSettings.METRICS);
        try {
            return new MetricsPort(address, sender::scrape);
        } catch (IOException e) {
            throw CommandException.failure(
                    WebhookSettings.METRICS.name() + ": cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }
}
