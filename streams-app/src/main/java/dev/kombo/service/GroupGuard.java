package dev.kombo.service;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until no instance of another release is in the group. Two releases that store their data in different ways
 * cannot take over each other's tasks. Brokers refuse such a mixture, too ({@link ReleaseAssignor}), but the instance
 * that they refuse would fail.
 */
final class GroupGuard {
    private static final long PAUSE_MILLIS = 1_000;

    /**
     * How often a group that is choosing its assignor is asked again. Instances of this release that start together
     * must not wait for each other for long.
     */
    private static final int MOST_REBALANCES = 15;

    private GroupGuard() {}

    /**
     * @param group the application id
     * @throws IllegalStateException if the brokers refuse, or the instance stops meanwhile
     */
    static void check(StartQuestions brokers, String group) {
        int rebalances = 0;
        for (; ; ) {
            ConsumerGroupDescription found = brokers.ask(admin -> describe(admin, group));
            if (found == null || found.members().isEmpty()) {
                break;
            }
            String assignor = found.partitionAssignor();
            if (assignor.equals(ReleaseAssignor.NAME) || (assignor.isEmpty() && ++rebalances > MOST_REBALANCES)) {
                break;
            }
            String what = assignor.isEmpty()
                    ? "the group " + group + " to assign partitions"
                    : "instances of another release to leave the group " + group + ": " + members(found);
            brokers.pause(what, PAUSE_MILLIS);
        }
        brokers.over();
    }

    private static @Nullable ConsumerGroupDescription describe(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return null;
            }
            throw e;
        }
    }

    private static String members(ConsumerGroupDescription group) {
        return group.members().stream().map(GroupGuard::name).sorted().collect(Collectors.joining(", "));
    }

    private static String name(MemberDescription member) {
        return member.groupInstanceId().orElse(member.clientId()) + " at " + member.host();
    }
}
