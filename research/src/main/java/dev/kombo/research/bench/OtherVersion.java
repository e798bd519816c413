package dev.kombo.research.bench;

import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.ChildJvm;
import dev.kombo.shop.process.Patience;
import dev.kombo.shop.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Another version of Kombo, run from its own class path. This version knows nothing of its classes: it learns the
 * settings and topics from the commands of the other version, and what the service reads from its consumer group.
 */
final class OtherVersion implements KomboVersion {
    private static final Pattern UNKNOWN = Pattern.compile("(?m)(kombo\\.\\S+): unknown setting");
    private static final String HEAP = "512m";
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(2);

    /** How long its consumer group may take to come to rest. */
    private static final Duration STALL = Duration.ofMinutes(2);

    private final String classPath;
    private final Set<String> unknown;

    private OtherVersion(String classPath, Set<String> unknown) {
        this.classPath = classPath;
        this.unknown = unknown;
    }

    /**
     * Asks a version which of the settings it does not know, and checks the values of the others.
     *
     * @param folder for files
     * @throws CommandException if the class path contains no Kombo, or the version refuses a value
     */
    static OtherVersion of(String classPath, Map<String, String> settings, Path folder) {
        // Needs no broker, and reads settings as the service does.
        List<String> question = List.of("topics", "manifest");
        Answer first = new OtherVersion(classPath, Set.of()).ask(question, settings, folder);
        OtherVersion version = new OtherVersion(classPath, first.ok() ? Set.of() : unknown(first.text()));
        Answer answer = version.unknown.isEmpty() ? first : version.ask(question, settings, folder);
        answer.require("read the settings");
        return version;
    }

    /** Returns the settings that a command of another version has refused because it does not know them. */
    static Set<String> unknown(String text) {
        return UNKNOWN.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of those of the settings that it was asked about that it does not know. */
    Set<String> unknown() {
        return unknown;
    }

    @Override
    public String name() {
        return "the other version";
    }

    @Override
    public String classPath() {
        return classPath;
    }

    @Override
    public Map<String, String> known(Map<String, String> settings) {
        Map<String, String> known = new HashMap<>(settings);
        known.keySet().removeAll(unknown);
        return known;
    }

    @Override
    public void createTopics(Map<String, String> settings, Path folder) {
        ask(List.of("topics", "create"), settings, folder).require("create its topics");
    }

    /** Answer of a command. */
    private record Answer(boolean ok, String text, String shown) {
        void require(String purpose) {
            if (!ok) {
                throw CommandException.failure("the other version cannot " + purpose + "; " + shown);
            }
        }
    }

    /** Runs one of its commands with settings. */
    private Answer ask(List<String> command, Map<String, String> settings, Path folder) {
        Path file = folder.resolve("other.properties");
        Path output = folder.resolve("other.log");
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--config", file.toString()));
        try {
            Files.createDirectories(folder);
            KomboVersion.write(known(settings), file);
            try (ChildJvm jvm = ChildJvm.start(classPath, MAIN, HEAP, arguments, output, false)) {
                if (!jvm.process().waitFor(LONGEST_COMMAND.toSeconds(), TimeUnit.SECONDS)) {
                    throw CommandException.failure("a command of the other version does not end; " + jvm.lastOutput());
                }
                return new Answer(jvm.process().exitValue() == 0, jvm.output(), jvm.lastOutput());
            }
        } catch (IOException e) {
            throw CommandException.failure("cannot run the other version: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public Set<String> read(KafkaClients clients) throws InterruptedException {
        String group = clients.config().get(ServiceSettings.APPLICATION_ID);
        new Waiting(Patience.upTo(STALL, () -> {}))
                .until(
                        "the consumer group of the other version is at rest",
                        () -> {
                            ConsumerGroupDescription now = describe(clients, group);
                            return now.groupState() == GroupState.STABLE
                                    && !assigned(now).isEmpty();
                        },
                        () -> describe(clients, group).groupState());
        return assigned(describe(clients, group));
    }

    private static ConsumerGroupDescription describe(KafkaClients clients, String group) {
        try {
            return clients.admin()
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw CommandException.failure(
                    "cannot describe " + group + ": " + e.getCause().getMessage(), e);
        }
    }

    private static Set<String> assigned(ConsumerGroupDescription group) {
        return group.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .collect(Collectors.toSet());
    }
}
