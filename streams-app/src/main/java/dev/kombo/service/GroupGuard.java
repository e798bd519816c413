package dev.kombo.service;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Waits until no instance of another release is in the group. Two releases that store their data in different ways
 * cannot take over each other's tasks. Brokers refuse such a mixture, too ({@link ReleaseAssignor}), but the instance
 * that they refuse would fail.
 */
final class GroupGuard {
    private static final long PAUSE_MILLIS = 1_000;

    private GroupGuard() {}

    /**
     * @param group the application id
     * @throws IllegalStateException if the brokers refuse, or the instance stops meanwhile
     */
    static void check(StartQuestions brokers, String group) {
        for (; ; ) {
            String others = brokers.ask(admin -> others(admin, group));
            if (others.isEmpty()) {
                brokers.over();
                return;
            }
            brokers.pause("instances of another release to leave the group " + group + ": " + others, PAUSE_MILLIS);
        }
    }

    /** Names the members that use another assignor; empty: there is none. */
    private static String others(Admin admin, String group) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription found;
        try {
            found = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return "";
            }
            throw e;
        }
        // Without a name, the group is choosing one: then the brokers see to it.
        String assignor = found.partitionAssignor();
        return assignor.isEmpty() || assignor.equals(ReleaseAssignor.NAME)
                ? ""
                : found.members().stream().map(GroupGuard::name).sorted().collect(Collectors.joining(", "));
    }

    private static String name(MemberDescription member) {
        return member.groupInstanceId().orElse(member.clientId()) + " at " + member.host();
    }
}
