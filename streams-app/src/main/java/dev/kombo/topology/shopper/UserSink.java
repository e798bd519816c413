package dev.kombo.topology.shopper;

import dev.kombo.config.Topic;

/** The outputs of the shopper task: for each, the node of the topology and the topic that the node writes. */
public enum UserSink {
    OFFER("user-write-offer", Topic.BUNDLE_OFFER),
    HANDED_OVER("user-write-handed-over", Topic.BEHAVIOR_EVENT_REKEYED),
    OUTCOME("user-write-outcome", Topic.OFFER_OUTCOME),
    UPDATE("user-write-update", Topic.ITEM_UPDATE),
    EXAMPLE("user-write-example", Topic.TRAINING_EXAMPLE),
    SESSION_MERGE("user-write-merge", Topic.SESSION_MERGE),
    REJECTION("user-write-rejection", Topic.REJECTED_EVENT),
    CURRENT("user-write-current", Topic.CURRENT_OFFER);

    private final String node;
    private final Topic topic;

    UserSink(String node, Topic topic) {
        this.node = node;
        this.topic = topic;
    }

    /** Name of the node. */
    public String node() {
        return node;
    }

    /** The topic that it writes. */
    public Topic topic() {
        return topic;
    }
}
